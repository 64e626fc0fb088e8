import type { Database, Session } from '../database/session.ts';
import type { Progress } from '../protocol/methods.ts';
import { assertNoneHalfDone } from './assertNoneHalfDone.ts';
import { assertFits } from './history.ts';
import { assertNotInterrupted } from './interruption.ts';
import { claimRevision, ensureLedger, findRevision, finishRevision, forgetSteps, hasLedger, readRevisions } from './ledger.ts';
import { withMigrationLock } from './lock.ts';
import type { Migration, Revision } from './migrationFile.ts';
import { assertPrivileges } from './preflight.ts';
import { acrossLosses } from './reconnect.ts';
import { runRecorded } from './recordedRun.ts';
import { doneBefore, withState } from './runState.ts';
import { actionsOf, type StepOptions } from './steps.ts';
import { runTransaction } from './transaction.ts';

/** How migrations are applied and rolled back. */
export interface RunOptions extends StepOptions {
  /** For the migration lock, and then for the locks that each migration needs; 0 waits for ever. */
  readonly lockTimeoutMs: number;
  /** Ids of migrations that are applied already, and may follow the same one as what is applied now. */
  readonly known?: ReadonlySet<string> | undefined;
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
 * @throws PRIVILEGES_MISSING
 * @throws STATEMENT_FAILED
 * @throws HISTORY_CONFLICT  when somebody else changed the history meanwhile, or left a migration half rolled back
 * @throws CANCELLED
 */
export async function applyMigrations(database: Database, migrations: readonly Migration[], options: RunOptions): Promise<Applied> {
  if (migrations.length === 0) return { applied: [], appliedElsewhere: [] };
  // A step that cannot be run is found before the first one is.
  for (const migration of migrations) actionsOf(migration, 'up');
  const soFar = { applied: [], begun: new Set<string>() };
  return locked(database, options, () => applyAll(database, migrations, { ...options, ...soFar }));
}

interface AllOptions extends RunOptions {
  /** Grows with what this run applies; a run that lost its connection goes on behind it. */
  readonly applied: Revision[];
  /** What this run had begun when it lost its connection, it may have finished too. */
  readonly begun: Set<string>;
}

async function applyAll(database: Database, migrations: readonly Migration[], options: AllOptions): Promise<Applied> {
  const { applied, begun } = options;
  const revisions = await readRevisions(database);
  const done = assertFits(migrations, revisions, options.known);
  await database.session((session) => assertNoneHalfDone(session, ['down'], 'migrate'));
  const pending = migrations.filter(({ id }) => !done.has(id));
  const makesLedger = !(await hasLedger(database));
  await database.session((session) => assertPrivileges(session, pending, { direction: 'up', makesLedger }));
  await ensureLedger(database);
  const appliedElsewhere: Migration[] = [];
  const left = migrations.filter(({ id }) => !applied.some((revision) => revision.id === id));
  const runOne = async (migration: Migration): Promise<Revision | null> =>
    done.has(migration.id) ? null : applyOne(database, migration, options);
  for (const migration of left) {
    options.onProgress?.({ message: `applying ${migration.id}`, done: migrations.indexOf(migration), total: migrations.length });
    const isAgain = begun.has(migration.id);
    begun.add(migration.id);
    const revision = await withState(
      () => doneBefore(applied, 'applied'),
      async () => (await runOne(migration)) ?? (isAgain ? await findRevision(database, migration.id) : undefined),
    );
    if (revision === undefined) appliedElsewhere.push(migration);
    else applied.push(revision);
  }
  return { applied, appliedElsewhere };
}

/** Takes the migration lock, says whom it waits for, and does the work; again where the connection is lost, so it must know what it has done. */
export function locked<T>(database: Database, { lockTimeoutMs, signal, onProgress }: RunOptions, work: () => Promise<T>): Promise<T> {
  const onWait = (holder: string | undefined): void =>
    onProgress?.({ message: `waiting for the migration lock${holder === undefined ? '' : `, held by ${holder}`}` });
  return acrossLosses({ signal, onProgress }, (begun) =>
    withMigrationLock(database, { timeoutMs: lockTimeoutMs, signal, onWait }, () => {
      begun();
      return work();
    }),
  );
}

/** Null when the migration is applied already. */
async function applyOne(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  assertNotInterrupted(options.signal, `Nothing of ${migration.id} was applied.`);
  const apply = migration.transaction ? applyInTransaction : applyStepByStep;
  return apply(database, migration, options);
}

function applyInTransaction(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  const started = performance.now();
  const transaction = {
    migration,
    direction: 'up',
    claim: (session: Session) => claimRevision(session, migration),
    finish: (session: Session) => finishRevision(session, migration.id, performance.now() - started),
    lookUp: () => findRevision(database, migration.id),
  } as const;
  return runTransaction(database, transaction, options);
}

async function applyStepByStep(database: Database, migration: Migration, options: RunOptions): Promise<Revision | null> {
  if ((await findRevision(database, migration.id)) !== undefined) return null;
  const started = performance.now();
  await database.session((session) => runRecorded(session, { database, migration, direction: 'up' }, options));
  return database.transaction(async (session) => {
    await claimRevision(session, migration);
    await forgetSteps(session, migration.id);
    return finishRevision(session, migration.id, performance.now() - started);
  });
}
