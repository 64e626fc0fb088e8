import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import { locked, type RunOptions } from './apply.ts';
import { assertNoneHalfDone } from './assertNoneHalfDone.ts';
import { assertNotInterrupted } from './interruption.ts';
import { ensureLedger, forgetSteps, isApplied, removeRevision } from './ledger.ts';
import type { Migration } from './migrationFile.ts';
import { assertPrivileges } from './preflight.ts';
import { runRecorded } from './recordedRun.ts';
import { doneBefore, withState } from './runState.ts';
import { actionsOf } from './steps.ts';
import { runTransaction } from './transaction.ts';

type RollbackOptions = RunOptions & {
  /** Called once, when nothing stands in the way any more and nothing was done yet. */
  readonly onBegin?: (() => void) | undefined;
};

/**
 * Rolls migrations back, newest first, each in a transaction together with its ledger row.
 * @returns those that this run rolled back, without what somebody else did meanwhile
 * @throws ROLLBACK_IMPOSSIBLE  before anything is changed
 * @throws HISTORY_CONFLICT  while another migration is half applied
 * @throws LOCK_TIMEOUT
 * @throws STATEMENT_FAILED
 * @throws CANCELLED
 */
export async function rollbackMigrations(
  database: Database,
  newestFirst: readonly Migration[],
  options: RollbackOptions,
): Promise<readonly Migration[]> {
  assertReversible(newestFirst);
  const rolledBack: Migration[] = [];
  // What this run had begun when it lost its connection, it may have finished too.
  const begun = new Set<Migration>();
  return locked(database, options, async () => {
    await database.session((session) => assertPrivileges(session, newestFirst, { direction: 'down', makesLedger: false }));
    await ensureLedger(database);
    await assertNoneHalfApplied(database);
    if (begun.size === 0) options.onBegin?.();
    for (const [done, migration] of newestFirst.entries()) {
      if (rolledBack.includes(migration)) continue;
      options.onProgress?.({ message: `rolling back ${migration.id}`, done, total: newestFirst.length });
      const isAgain = begun.has(migration);
      begun.add(migration);
      const isDone = await withState(
        () => doneBefore(rolledBack, 'rolled back'),
        () => rollbackOne(database, migration, options),
      );
      if (isDone || isAgain) rolledBack.push(migration);
    }
    return rolledBack;
  });
}

/** A step that cannot be run is found before the first one is. @throws ROLLBACK_IMPOSSIBLE  @throws MIGRATION_INVALID */
export function assertReversible(migrations: readonly Migration[]): void {
  const stuck = migrations.find(({ down }) => down === null);
  if (stuck !== undefined) throw fail('ROLLBACK_IMPOSSIBLE', { migration: stuck.id, reason: 'its file has no down side' });
  for (const migration of migrations) actionsOf(migration, 'down');
}

/** What ran of another migration would go, and be taken for done. @throws HISTORY_CONFLICT */
export const assertNoneHalfApplied = (database: Database): Promise<void> =>
  database.session((session) => assertNoneHalfDone(session, ['up'], 'roll back'));

async function rollbackOne(database: Database, migration: Migration, options: RunOptions): Promise<boolean> {
  assertNotInterrupted(options.signal, `Nothing of ${migration.id} was rolled back.`);
  const rollback = migration.transaction ? rollbackInTransaction : rollbackStepByStep;
  return rollback(database, migration, options);
}

async function rollbackInTransaction(database: Database, migration: Migration, options: RunOptions): Promise<boolean> {
  const transaction = {
    migration,
    direction: 'down',
    claim: (session: Session) => removeRevision(session, migration),
    finish: async () => true,
    lookUp: async () => ((await isApplied(database, migration)) ? undefined : true),
  } as const;
  return (await runTransaction(database, transaction, options)) ?? false;
}

async function rollbackStepByStep(database: Database, migration: Migration, options: RunOptions): Promise<boolean> {
  if (!(await isApplied(database, migration))) return false;
  await database.session((session) => runRecorded(session, { database, migration, direction: 'down' }, options));
  return database.transaction(async (session) => {
    await forgetSteps(session, migration.id);
    return removeRevision(session, migration);
  });
}
