import { z } from 'zod';
import { identity } from '../identity.ts';
import type { Method } from '../methods.ts';
import { requestShapes } from './requests.ts';
import { resultShapes } from './results.ts';

/** The one that OpenRPC asks for. */
const DIALECT = 'draft-7';

const summaries: { readonly [M in Method]: string } = {
  'daemon.hello': 'Greets the daemon: the first request of every connection.',
  'daemon.status': 'What the daemon is and how it does.',
  'daemon.stop': 'Ends the daemon when its running work is done.',
  'db.migrate': 'Applies pending migrations; with a message, makes one from the models first.',
  'db.make': 'Writes the suggestion to a migration file without running it.',
  'db.rollback': 'Rolls applied migrations back, newest first.',
  'db.fresh': 'Drops everything managed and migrates from nothing.',
  'db.seed': 'Runs the seeders.',
  'db.status': 'Applied, pending, drift, and model changes not yet made.',
  'db.diff': 'What the models would change, or what the database has that its history does not.',
  'db.pull': 'Writes models from the live database.',
  'db.baseline': 'Starts the history at the live database as it is.',
  'db.kept': 'What was copied before it was lost; drops copies.',
  'db.squash': 'Makes the first migrations into one that was proved to do the same.',
  'db.history': 'The ledger.',
  'db.verify': 'Proves every migration file again from nothing, in the shadow.',
  'db.url': 'The URL of the database in use, with its password.',
  'make.seeder': 'Writes a seeder, filled from the model.',
  'make.model': 'Writes a first version of a model.',
  'suggestion.get': 'The verified migration that takes the head of history to the models.',
  'suggestion.accept': 'Writes the suggestion to a migration file.',
};

/** The OpenRPC description of every request, made from the shapes of its parameters and its result: https://spec.open-rpc.org */
export function openRpcDocument(): object {
  return {
    openrpc: '1.3.2',
    info: { title: 'fastpyd', version: identity().packageVersion },
    methods: (Object.keys(requestShapes) as Method[]).map(describe),
  };
}

function describe(name: Method): object {
  const result = { name: 'result', schema: z.toJSONSchema(resultShapes[name], { io: 'output', target: DIALECT }) };
  return { name, summary: summaries[name], paramStructure: 'by-name', params: paramsOf(name), result };
}

function paramsOf(name: Method): readonly object[] {
  const schema = z.toJSONSchema(requestShapes[name], { io: 'input', target: DIALECT, unrepresentable: 'any' });
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).map(([field, shape]) => ({ name: field, required: required.has(field), schema: shape }));
}
