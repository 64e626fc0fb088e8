/** The shape of every request's parameters, by method. */
import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Method, ParamsOf } from '../methods.ts';
import { didYouMean } from '../nearest.ts';
import { helloParams, noParams } from './daemon.ts';
import {
  baselineParams,
  databaseParams,
  diffParams,
  freshParams,
  historyParams,
  keptParams,
  makeParams,
  migrateParams,
  pullParams,
  rollbackParams,
  seedParams,
  squashParams,
  statusParams,
} from './db.ts';
import { scaffoldParams } from './make.ts';
import { suggestionAcceptParams, suggestionGetParams } from './suggestion.ts';

export const requestShapes: { readonly [M in Method]: z.ZodType<ParamsOf<M>> } = {
  'daemon.hello': helloParams,
  'daemon.status': noParams,
  'daemon.stop': noParams,
  'db.migrate': migrateParams,
  'db.make': makeParams,
  'db.rollback': rollbackParams,
  'db.fresh': freshParams,
  'db.seed': seedParams,
  'db.status': statusParams,
  'db.diff': diffParams,
  'db.pull': pullParams,
  'db.baseline': baselineParams,
  'db.kept': keptParams,
  'db.squash': squashParams,
  'db.history': historyParams,
  'db.verify': databaseParams,
  'db.url': databaseParams,
  'make.seeder': scaffoldParams,
  'make.model': scaffoldParams,
  'suggestion.get': suggestionGetParams,
  'suggestion.accept': suggestionAcceptParams,
};

/** True for a name that is a request. */
export function isMethod(name: string): name is Method {
  return Object.hasOwn(requestShapes, name);
}

/**
 * The parameters of a request, checked before any handler sees them.
 * @throws USAGE  naming every field that does not fit; values are not repeated, as they may hold a password
 */
export function parseParams<M extends Method>(method: M, params: unknown): ParamsOf<M> {
  const parsed = requestShapes[method].safeParse(params ?? {});
  if (parsed.success) return parsed.data as ParamsOf<M>;
  const problems = parsed.error.issues.map((issue) => problemOf(issue, method));
  throw fail('USAGE', { problem: `${method}: ${problems.join('; ')}`, help: 'rpc.discover describes every request.' });
}

function problemOf(issue: z.core.$ZodIssue, method: Method): string {
  const field = ['params', ...issue.path.map(String)].join('.');
  if (issue.code !== 'unrecognized_keys') return `${field} ${issue.path.length === 0 ? 'must be an object' : issue.message}`;
  return issue.keys.map((key) => `${field} has no field "${key}"${didYouMean(key, fieldsOf(method))}`).join('; ');
}

function fieldsOf(method: Method): readonly string[] {
  const shape = requestShapes[method];
  return shape instanceof z.ZodObject ? Object.keys(shape.shape) : [];
}
