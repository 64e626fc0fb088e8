import type { Database, Session } from '../database/session.ts';
import type { FastpyError } from '../errors.ts';
import type { Progress } from '../protocol/methods.ts';
import { performAll } from './around.ts';
import { keepSettings } from './keepSettings.ts';
import { lockTransaction } from './lock.ts';
import { type LockWait, lookEveryMs, untilLocksAreFree } from './lockWait.ts';
import type { Migration } from './migrationFile.ts';
import { findOutcome } from './outcome.ts';
import { type SessionWatch, watchSession } from './sessionWatch.ts';
import { type Action, actionsOf, type Direction, isConnectionLoss, lossWith, runAction, type StepOptions } from './steps.ts';

/** One direction of a migration, together with what it does to the ledger. */
export interface MigrationTransaction<Result> {
  readonly migration: Migration;
  readonly direction: Direction;
  /** Claims the migration in the ledger; false when there is nothing to do any more. */
  readonly claim: (session: Session) => Promise<boolean>;
  readonly finish: (session: Session) => Promise<Result>;
  /** What the ledger, seen from outside, says of the result; undefined when it was not committed. */
  readonly lookUp: () => Promise<Result | undefined>;
}

interface Attempt {
  readonly wait: LockWait;
  /** Known once the transaction has written; a COMMIT whose answer is lost can be asked for by it. */
  xid: string | undefined;
  isComplete: boolean;
}

type Options = StepOptions & {
  readonly lockTimeoutMs: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

interface Work<Result> {
  readonly transaction: MigrationTransaction<Result>;
  readonly options: Options;
  readonly attempt: Attempt;
}

/**
 * Runs a migration and its change of the ledger in one transaction; null when there is nothing to do any more. It is tried again as a
 * whole when a lock is not free or a deadlock chose it, until it has waited for `lockTimeoutMs`.
 * @throws STATEMENT_FAILED
 * @throws LOCK_TIMEOUT
 * @throws DATABASE_UNREACHABLE  when the connection was lost and nothing was committed
 */
export function runTransaction<Result>(
  database: Database,
  transaction: MigrationTransaction<Result>,
  options: Options,
): Promise<Result | null> {
  return untilLocksAreFree({ ...options, name: transaction.migration.id }, async (wait) => {
    const attempt: Attempt = { wait, xid: undefined, isComplete: false };
    const work = { transaction, options, attempt };
    try {
      return await database.transaction((session) => runOnce(database, session, work));
    } catch (error) {
      if (isConnectionLoss(error)) return settleLoss(database, error, work);
      throw error;
    }
  });
}

async function runOnce<Result>(database: Database, session: Session, work: Work<Result>): Promise<Result | null> {
  const { transaction, options, attempt } = work;
  await lockTransaction(session, { timeoutMs: options.lockTimeoutMs, signal: options.signal });
  if (!(await transaction.claim(session))) return null;
  const [identity] = await session.query<{ xid: string; pid: number }>(
    `select pg_current_xact_id()::text as xid, pg_backend_pid() as pid, set_config('lock_timeout', $1, true), set_config('check_function_bodies', 'off', true)`,
    [String(attempt.wait.timeoutMs)],
  );
  attempt.xid = identity?.xid;
  const everyMs = lookEveryMs(attempt.wait);
  const watch = watchSession(database, { pid: identity?.pid ?? 0, everyMs, onProgress: options.onProgress, signal: options.signal });
  attempt.wait.blocker = watch.blocker;
  try {
    await runActions(session, work, watch);
  } finally {
    await watch.stop();
  }
  const result = await transaction.finish(session);
  attempt.isComplete = true;
  return result;
}

/** Others wait for the locks that the transaction has while it waits for the next one, so that its waits count together. */
async function runActions<Result>(session: Session, { transaction, options, attempt }: Work<Result>, watch: SessionWatch): Promise<void> {
  const { migration, direction } = transaction;
  const actions = actionsOf(migration, direction);
  let counted = 0;
  const perform = async (action: Action): Promise<void> => {
    const waited = watch.waitedMs();
    if (waited > counted) await limitWaiting(session, attempt.wait.timeoutMs, waited);
    counted = waited;
    await runAction(session, action, options);
  };
  await keepSettings(session, actions, () => (options.around ?? performAll)({ session, migration, direction, actions, perform }));
}

const SHORTEST_WAIT_MS = 50;

/** Only where the migration has not set a limit of its own. */
async function limitWaiting(session: Session, allowedMs: number, waitedMs: number): Promise<void> {
  if (allowedMs === 0) return;
  await session.query(
    `select set_config('lock_timeout', $1, true) from pg_catalog.pg_settings where name = 'lock_timeout' and setting::int between 1 and $2`,
    [String(Math.max(SHORTEST_WAIT_MS, allowedMs - waitedMs)), allowedMs],
  );
}

/** The connection broke: without a COMMIT on its way nothing can have happened, and with one the database knows. */
async function settleLoss<Result>(database: Database, error: FastpyError, work: Work<Result>): Promise<Result> {
  const { transaction, attempt, options } = work;
  const { id } = transaction.migration;
  const verb = transaction.direction === 'up' ? 'applied' : 'rolled back';
  const outcome = attempt.isComplete
    ? await findOutcome(database, { xid: attempt.xid, lookUp: transaction.lookUp, signal: options.signal })
    : 'aborted';
  if (typeof outcome === 'object') return outcome.result;
  const state =
    outcome === 'aborted' ? `Nothing of ${id} was ${verb}.` : `Whether ${id} was ${verb} is not known yet; the next command looks first.`;
  throw lossWith(error, state);
}
