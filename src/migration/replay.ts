import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import type { Migration } from './migrationFile.ts';
import { type Action, actionsOf, runAction, type StepOptions } from './steps.ts';

const WITHOUT_BODIES = 'SET LOCAL check_function_bodies = off';

/**
 * Runs the up sides on a scratch database, which keeps no ledger.
 * @throws STATEMENT_FAILED
 */
export async function replay(database: ScratchDatabase, migrations: readonly Migration[], options: StepOptions): Promise<void> {
  for (const migration of migrations) await replayOne(database, migration, options);
}

async function replayOne(database: ScratchDatabase, migration: Migration, options: StepOptions): Promise<void> {
  const actions = actionsOf(migration, 'up');
  const run = async (session: ScratchSession): Promise<void> => {
    await session.query(WITHOUT_BODIES);
    for (const action of actions) await runAction(session, action, options);
  };
  if (!migration.transaction) return database.session(run);
  if (!(await runAtOnce(database, actions))) await database.transaction(run);
}

/** Plain SQL goes in one message, which is one transaction; when it is refused, nothing of it happened and the slow way says where. */
async function runAtOnce(database: ScratchDatabase, actions: readonly Action[]): Promise<boolean> {
  const texts = actions.flatMap(({ run }) => (run.kind === 'sql' ? [run.sql] : []));
  if (texts.length < actions.length) return false;
  return database
    .session((session) => session.script([WITHOUT_BODIES, ...texts].join(';\n')))
    .then(
      () => true,
      () => false,
    );
}
