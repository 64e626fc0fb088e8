import { setTimeout as delay } from 'node:timers/promises';
import { FastpyError, fail } from '../errors.ts';
import { assertNotInterrupted } from './interruption.ts';

/** A statement that waits for a lock makes everybody behind it wait too, so it gives up soon and comes back. */
const SLICE_MS = 2_000;
const PAUSE_MS = 300;
const DEADLOCKS = 5;

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

/** One try to get what a statement needs. */
export interface LockWait {
  /** How long it may wait for locks; 0 for ever. */
  readonly timeoutMs: number;
  /** Who is in the way; whoever looks says it here. */
  blocker: () => string | undefined;
}

const LOOKS = 8;
const LONGEST_LOOK_MS = 1_000;

/** How often to look who is in the way: some times within a wait. */
export const lookEveryMs = ({ timeoutMs }: LockWait): number =>
  Math.max(1, Math.min(LONGEST_LOOK_MS, (timeoutMs || Number.POSITIVE_INFINITY) / LOOKS));

interface Options {
  /** What needs the locks, for the message. */
  readonly name: string;
  /** For all tries together; 0 waits for ever. */
  readonly lockTimeoutMs: number;
  /** Its waiting holds nobody up, and to begin again would cost what was done: it waits in one piece. */
  readonly isHarmless?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does the work, which is all or nothing, again and again while a lock is not free or a deadlock chose it, until it has waited for
 * `lockTimeoutMs`.
 * @throws LOCK_TIMEOUT  naming who was in the way
 */
export async function untilLocksAreFree<T>(options: Options, work: (wait: LockWait) => Promise<T>): Promise<T> {
  const { lockTimeoutMs, isHarmless = false, signal } = options;
  const budgetMs = lockTimeoutMs === 0 ? Number.POSITIVE_INFINITY : lockTimeoutMs;
  const slice = isHarmless ? budgetMs : Math.min(SLICE_MS, budgetMs);
  const tries = slice === budgetMs ? 1 : Math.ceil(budgetMs / slice);
  let left = { locks: tries, deadlocks: DEADLOCKS };
  for (;;) {
    const wait: LockWait = { timeoutMs: Number.isFinite(slice) ? slice : 0, blocker: () => undefined };
    try {
      return await work(wait);
    } catch (error) {
      const sqlState = sqlStateOf(error);
      if (sqlState !== LOCK_NOT_AVAILABLE && sqlState !== DEADLOCK) throw error;
      assertNotInterrupted(signal, ((error as FastpyError).facts as { readonly state: string }).state);
      left = sqlState === DEADLOCK ? { ...left, deadlocks: left.deadlocks - 1 } : { ...left, locks: left.locks - 1 };
      if (left.deadlocks <= 0) throw error;
      if (left.locks <= 0) throw lockFailure(error as FastpyError, { name: options.name, wait, waitedMs: tries * slice });
      await delay(PAUSE_MS * (0.5 + Math.random()));
    }
  }
}

/** What PostgreSQL said of the statement that failed. */
export const sqlStateOf = (error: unknown): unknown =>
  error instanceof FastpyError && error.code === 'STATEMENT_FAILED' ? (error.facts as { sqlState?: unknown }).sqlState : undefined;

function lockFailure(
  error: FastpyError,
  { name, wait, waitedMs }: { readonly name: string; readonly wait: LockWait; readonly waitedMs: number },
): FastpyError {
  const { what, state } = error.facts as { readonly what: string; readonly state: string };
  const details = {
    waitedMs,
    holder: wait.blocker(),
    what: `a lock that ${what} needs`,
    state: `${state} Try again when ${name} finds it free.`,
  };
  return fail('LOCK_TIMEOUT', details, { cause: error, location: error.location });
}
