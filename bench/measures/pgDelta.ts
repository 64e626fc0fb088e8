import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromNpm } from '../peers/installPeers.ts';
import type { Edit } from '../schema/edits.ts';
import { createEnums, createTable } from '../schema/sqlTables.ts';
import { runTimed } from '../support/command.ts';
import { execute, startServer } from '../support/databases.ts';
import { temporaryFolder } from '../support/project.ts';
import type { Measure } from './measure.ts';
import { checkFound, measurePeer } from './peer.ts';

const LIMIT_MS = 180_000;

/** What a plan is made between. */
interface Sides {
  readonly program: string;
  readonly source: string;
  readonly desired: string;
  readonly plan: string;
}

/** `pgdelta plan`, as a whole process, between two databases of one server that differ in one column. */
export const pgDelta: Measure = {
  name: 'pgdelta',
  async run(situation) {
    await using folder = temporaryFolder();
    await using server = await startServer();
    return await measurePeer('pgdelta.plan', situation, async () => {
      const program = join(await installFromNpm(), '@supabase', 'pg-delta', 'dist', 'cli', 'main.js');
      const [source, desired] = [await server.database('source'), await server.database('desired')];
      const statements = [...createEnums(), ...situation.project.tables.flatMap(createTable), 'ANALYZE'];
      for (const url of [source, desired]) await execute(url, statements);
      const sides = { program, source, desired, plan: join(folder.root, 'plan.json') };
      return { time: (edit) => timeEdit(sides, edit) };
    });
  },
};

async function timeEdit({ program, source, desired, plan }: Sides, edit: Edit): Promise<number> {
  const column = edit.object.replace(/^.*\./, '');
  await execute(desired, [`ALTER TABLE ${edit.after.table} ADD COLUMN ${column} text`]);
  const sides = ['--source', source, '--desired', desired, '--renames', 'off', '--out', plan] as const;
  const { wallMs } = await runTimed([process.execPath, program, 'plan', ...sides], { limitMs: LIMIT_MS });
  checkFound(readFileSync(plan, 'utf8'), { pattern: /ADD COLUMN/g, edit });
  await execute(desired, [`ALTER TABLE ${edit.after.table} DROP COLUMN ${column}`]);
  return wallMs;
}
