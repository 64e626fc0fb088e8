import type { Database, Session } from '../database/session.ts';
import type { Progress } from '../protocol/methods.ts';
import { dropInvalidIndex } from './invalidIndex.ts';
import { claimRevision, doneSteps, ensureLedger, findRevision, finishRevision, forgetSteps, recordStep } from './ledger.ts';
import { withMigrationLock } from './lock.ts';
import type { Migration, Revision } from './migrationFile.ts';
import { isConnectionLoss, runStep, type StepOptions, stepsOf } from './steps.ts';

/** How migrations are applied and rolled back. */
export interface RunOptions extends StepOptions {
  readonly lockTimeoutMs: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What a run did. */
export interface Applied {
  readonly applied: readonly Revision[];
  /** Applied by somebody else while this run waited for the lock. */
  readonly appliedElsewhere: readonly Migration[];
}

/**
 * Applies migrations in order, each in a transaction together with its ledger row, while nobody else does.
 * @throws LOCK_TIMEOUT
 * @throws STATEMENT_FAILED
 */
export async function applyMigrations(database: Database, migrations: readonly Migration[], options: RunOptions): Promise<Applied> {
  if (migrations.length === 0) return { applied: [], appliedElsewhere: [] };
  return locked(database, options, async () => {
    await ensureLedger(database);
    const applied: Revision[] = [];
    const appliedElsewhere: Migration[] = [];
    for (const [done, migration] of migrations.entries()) {
      options.onProgress?.({ message: `applying ${migration.id}`, done, total: migrations.length });
      const revision = await applyOne(database, migration, options);
      if (revision === null) appliedElsewhere.push(migration);
      else applied.push(revision);
    }
    return { applied, appliedElsewhere };
  });
}

/** Takes the migration lock, and says whom it waits for. */
export function locked<T>(database: Database, { lockTimeoutMs, signal, onProgress }: RunOptions, work: () => Promise<T>): Promise<T> {
  const onWait = (holder: string | undefined): void =>
    onProgress?.({ message: `waiting for the migration lock${holder === undefined ? '' : `, held by ${holder}`}` });
  return withMigrationLock(database, { timeoutMs: lockTimeoutMs, signal, onWait }, work);
}

/** Null when the migration is applied already. */
function applyOne(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  return migration.transaction ? applyInTransaction(database, migration, options) : applyStepByStep(database, migration, options);
}

async function applyInTransaction(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  const started = performance.now();
  const work = async (session: Session): Promise<Revision | null> => {
    if (!(await claimRevision(session, migration))) return null;
    await session.query('SET LOCAL check_function_bodies = off');
    for (const number of stepsOf(migration, 'up').keys()) await runStep(session, { migration, direction: 'up', number }, options);
    return finishRevision(session, migration.id, performance.now() - started);
  };
  try {
    return await database.transaction(work);
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    // The connection broke, perhaps after COMMIT was sent: only the ledger knows.
    const revision = await findRevision(database, migration.id);
    if (revision === undefined) throw error;
    return revision;
  }
}

/** Each step is recorded by itself, so that a run that ended in the middle goes on where it was. */
async function applyStepByStep(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  if ((await findRevision(database, migration.id)) !== undefined) return null;
  const started = performance.now();
  await database.session((session) => runRecorded(session, { migration, direction: 'up' }, options));
  return database.transaction(async (session) => {
    await claimRevision(session, migration);
    await forgetSteps(session, migration.id);
    return finishRevision(session, migration.id, performance.now() - started);
  });
}

/** Runs the steps that are not recorded as done, and records each. */
export async function runRecorded(
  session: Session,
  { migration, direction }: { readonly migration: Migration; readonly direction: 'up' | 'down' },
  options: StepOptions,
): Promise<void> {
  const done = await doneSteps(session, migration.id, direction);
  for (const [number, step] of stepsOf(migration, direction).entries()) {
    if (done.has(number)) continue;
    if (step.kind === 'sql') await dropInvalidIndex(session, step.sql);
    await runStep(session, { migration, direction, number }, options);
    await recordStep(session, { migration: migration.id, direction, step: number });
  }
}
