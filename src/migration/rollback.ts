import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import { locked, type RunOptions, runRecorded } from './apply.ts';
import { ensureLedger, findRevision, forgetSteps, removeRevision } from './ledger.ts';
import type { Migration } from './migrationFile.ts';
import { isConnectionLoss, runStep, stepsOf } from './steps.ts';

/**
 * Rolls migrations back, newest first, each in a transaction together with its ledger row.
 * @returns those that this run rolled back, without what somebody else did meanwhile
 * @throws ROLLBACK_IMPOSSIBLE  before anything is changed
 */
export async function rollbackMigrations(
  database: Database,
  newestFirst: readonly Migration[],
  options: RunOptions,
): Promise<readonly Migration[]> {
  const stuck = newestFirst.find(({ down }) => down === null);
  if (stuck !== undefined) throw fail('ROLLBACK_IMPOSSIBLE', { migration: stuck.id, reason: 'its file has no down side' });
  return locked(database, options, async () => {
    await ensureLedger(database);
    const rolledBack: Migration[] = [];
    for (const [done, migration] of newestFirst.entries()) {
      options.onProgress?.({ message: `rolling back ${migration.id}`, done, total: newestFirst.length });
      if (await rollbackOne(database, migration, options)) rolledBack.push(migration);
    }
    return rolledBack;
  });
}

const rollbackOne = (database: Database, migration: Migration, options: RunOptions): Promise<boolean> =>
  migration.transaction ? rollbackInTransaction(database, migration, options) : rollbackStepByStep(database, migration, options);

async function rollbackInTransaction(database: Database, migration: Migration, options: RunOptions): Promise<boolean> {
  const work = async (session: Session): Promise<boolean> => {
    if (!(await removeRevision(session, migration.id))) return false;
    await session.query('SET LOCAL check_function_bodies = off');
    for (const number of stepsOf(migration, 'down').keys()) await runStep(session, { migration, direction: 'down', number }, options);
    return true;
  };
  try {
    return await database.transaction(work);
  } catch (error) {
    if (!isConnectionLoss(error) || (await findRevision(database, migration.id)) !== undefined) throw error;
    return true;
  }
}

async function rollbackStepByStep(database: Database, migration: Migration, options: RunOptions): Promise<boolean> {
  if ((await findRevision(database, migration.id)) === undefined) return false;
  await database.session((session) => runRecorded(session, { migration, direction: 'down' }, options));
  return database.transaction(async (session) => {
    await forgetSteps(session, migration.id);
    return removeRevision(session, migration.id);
  });
}
