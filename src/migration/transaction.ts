import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Session } from '../database/session.ts';
import { FastpyError, fail } from '../errors.ts';
import { performAll } from './around.ts';
import { watchBlockers } from './blockers.ts';
import { assertNotInterrupted } from './interruption.ts';
import { keepSettings } from './keepSettings.ts';
import { lockTransaction } from './lock.ts';
import type { Migration } from './migrationFile.ts';
import { findOutcome } from './outcome.ts';
import { type Action, actionsOf, type Direction, isConnectionLoss, runAction, type StepOptions } from './steps.ts';

/** A statement that waits for a lock makes everybody behind it wait too, so it gives up soon and comes back. */
const LOCK_SLICE_MS = 2_000;
const PAUSE_MS = 300;

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

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
  readonly lockTimeoutMs: number;
  /** Known once the transaction has written; a COMMIT whose answer is lost can be asked for by it. */
  xid: string | undefined;
  isComplete: boolean;
  blocker: () => string | undefined;
}

/**
 * Runs a migration and its change of the ledger in one transaction; null when there is nothing to do any more. It is tried again as a
 * whole when a lock is not free or a deadlock chose it, until it has waited for `lockTimeoutMs`.
 * @throws STATEMENT_FAILED
 * @throws LOCK_TIMEOUT
 * @throws DATABASE_UNREACHABLE  when the connection was lost and nothing was committed
 */
export async function runTransaction<Result>(
  database: Database,
  transaction: MigrationTransaction<Result>,
  options: StepOptions & { readonly lockTimeoutMs: number },
): Promise<Result | null> {
  const budgetMs = options.lockTimeoutMs === 0 ? Number.POSITIVE_INFINITY : options.lockTimeoutMs;
  const slice = Math.min(LOCK_SLICE_MS, budgetMs);
  const tries = Math.ceil(budgetMs / slice);
  for (let left = tries; ; left--) {
    const attempt: Attempt = { lockTimeoutMs: slice, xid: undefined, isComplete: false, blocker: () => undefined };
    try {
      return await database.transaction((session) => runOnce(database, session, { transaction, options, attempt }));
    } catch (error) {
      if (isConnectionLoss(error)) return settleLoss(database, error as FastpyError, { transaction, attempt, options });
      if (!isWorthAnotherTry(error)) throw error;
      assertNotInterrupted(options.signal, ((error as FastpyError).facts as { readonly state: string }).state);
      if (left <= 1) throw lockFailure(error as FastpyError, { transaction, attempt, waitedMs: tries * slice });
      await delay(PAUSE_MS);
    }
  }
}

async function runOnce<Result>(
  database: Database,
  session: Session,
  work: {
    readonly transaction: MigrationTransaction<Result>;
    readonly options: StepOptions & { readonly lockTimeoutMs: number };
    readonly attempt: Attempt;
  },
): Promise<Result | null> {
  const { transaction, options, attempt } = work;
  await lockTransaction(session, { timeoutMs: options.lockTimeoutMs, signal: options.signal });
  if (!(await transaction.claim(session))) return null;
  const [identity] = await session.query<{ xid: string; pid: number }>(
    `select pg_current_xact_id()::text as xid, pg_backend_pid() as pid, set_config('lock_timeout', $1, true), set_config('check_function_bodies', 'off', true)`,
    [String(attempt.lockTimeoutMs)],
  );
  attempt.xid = identity?.xid;
  const watch = watchBlockers(database, { pid: identity?.pid ?? 0, everyMs: attempt.lockTimeoutMs / 2 });
  attempt.blocker = watch.last;
  try {
    const actions = actionsOf(transaction.migration, transaction.direction);
    const perform = (action: Action): Promise<void> => runAction(session, action, options);
    const { migration, direction } = transaction;
    await keepSettings(session, actions, () => (options.around ?? performAll)({ session, migration, direction, actions, perform }));
  } finally {
    await watch.stop();
  }
  const result = await transaction.finish(session);
  attempt.isComplete = true;
  return result;
}

const sqlStateOf = (error: unknown): unknown =>
  error instanceof FastpyError && error.code === 'STATEMENT_FAILED' ? (error.facts as { sqlState?: unknown }).sqlState : undefined;

const isWorthAnotherTry = (error: unknown): boolean => [LOCK_NOT_AVAILABLE, DEADLOCK].includes(String(sqlStateOf(error)));

function lockFailure(
  error: FastpyError,
  {
    transaction,
    attempt,
    waitedMs,
  }: { readonly transaction: { readonly migration: Migration }; readonly attempt: Attempt; readonly waitedMs: number },
): FastpyError {
  if (sqlStateOf(error) !== LOCK_NOT_AVAILABLE) return error;
  const { what, state } = error.facts as { readonly what: string; readonly state: string };
  const details = {
    waitedMs,
    holder: attempt.blocker(),
    what: `a lock that ${what} needs`,
    state: `${state} Try again when ${transaction.migration.id} finds it free.`,
  };
  return fail('LOCK_TIMEOUT', details, { cause: error, location: error.location });
}

/** The connection broke: without a COMMIT on its way nothing can have happened, and with one the database knows. */
async function settleLoss<Result>(
  database: Database,
  error: FastpyError,
  work: { readonly transaction: MigrationTransaction<Result>; readonly attempt: Attempt; readonly options: StepOptions },
): Promise<Result> {
  const { transaction, attempt, options } = work;
  const { id } = transaction.migration;
  const verb = transaction.direction === 'up' ? 'applied' : 'rolled back';
  const outcome = attempt.isComplete
    ? await findOutcome(database, { xid: attempt.xid, lookUp: transaction.lookUp, signal: options.signal })
    : 'aborted';
  if (typeof outcome === 'object') return outcome.result;
  const state =
    outcome === 'aborted' ? `Nothing of ${id} was ${verb}.` : `Whether ${id} was ${verb} is not known yet; the next command looks first.`;
  const { target, reason } = error.facts as { readonly target: string; readonly reason: string };
  throw fail('DATABASE_UNREACHABLE', { target, reason, state }, { cause: error });
}
