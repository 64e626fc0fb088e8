import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import type { Migration } from './migrationFile.ts';
import { runStep, type StepOptions, splitStep, stepsOf } from './steps.ts';

/**
 * Runs the up sides on a scratch database, which keeps no ledger.
 * @throws STATEMENT_FAILED
 */
export async function replay(database: ScratchDatabase, migrations: readonly Migration[], options: StepOptions): Promise<void> {
  for (const migration of migrations) await replayOne(database, migration, options);
}

async function replayOne(database: ScratchDatabase, migration: Migration, options: StepOptions): Promise<void> {
  const steps = stepsOf(migration, 'up');
  const run = async (session: ScratchSession): Promise<void> => {
    await session.query('SET check_function_bodies = off');
    for (const number of steps.keys()) await runStep(session, { migration, direction: 'up', number }, options);
  };
  if (!migration.transaction) return database.session(run);
  if (!(await runAtOnce(database, migration))) await database.transaction(run);
}

/** Plain SQL goes in one message, which is one transaction; when it is refused, nothing of it happened and the slow way says where. */
async function runAtOnce(database: ScratchDatabase, { up }: Migration): Promise<boolean> {
  const texts = up.flatMap((step) => (step.kind === 'sql' ? splitStep(step.sql) : []));
  if (up.some(({ kind }) => kind === 'function')) return false;
  return database
    .session((session) => session.script(['SET LOCAL check_function_bodies = off', ...texts].join(';\n')))
    .then(
      () => true,
      () => false,
    );
}
