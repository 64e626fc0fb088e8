import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import { assertNotInterrupted } from './interruption.ts';

/** "fast" and "pyd " as two integers; advisory locks are apart for each database by themselves. */
const RUN_KEY = [0x66617374, 0x70796420] as const;
/** "pydt": held by each transaction of a run, since the connection with the lock of the run may break before that of its work does. */
const TRANSACTION_KEY = [0x66617374, 0x70796474] as const;
type Key = typeof RUN_KEY | typeof TRANSACTION_KEY;

const POLL_MS = 100;

interface LockOptions {
  /** 0 waits for ever. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once, when somebody else holds the lock. */
  readonly onWait?: ((holder: string | undefined) => void) | undefined;
}

/**
 * Runs the work while no other fastpyd migrates this database. The lock is polled, never waited for: a waiting session would deadlock
 * with an index that is built concurrently. It goes with its connection, so a killed holder leaves nothing behind.
 * @throws LOCK_TIMEOUT
 * @throws CANCELLED
 */
export function withMigrationLock<T>(database: Database, options: LockOptions, work: () => Promise<T>): Promise<T> {
  return database.session(async (session) => {
    await takeLock(session, { key: RUN_KEY, call: 'pg_try_advisory_lock' }, options);
    try {
      return await work();
    } finally {
      await session.query('select pg_advisory_unlock($1::int, $2::int)', RUN_KEY).catch(() => []);
    }
  });
}

/**
 * Takes the same right once more inside a transaction. Behind a pooler in transaction mode two clients can share the session that holds
 * the lock of the run, but never a transaction.
 * @throws LOCK_TIMEOUT
 */
export function lockTransaction(session: Session, options: LockOptions): Promise<void> {
  return takeLock(session, { key: TRANSACTION_KEY, call: 'pg_try_advisory_xact_lock' }, options);
}

/**
 * The same right for a session that works outside of transactions: when the connection that holds the lock of the run breaks, nobody else
 * works on what this one has not finished.
 * @throws LOCK_TIMEOUT
 */
export async function withSessionLock<T>(session: Session, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await takeLock(session, { key: TRANSACTION_KEY, call: 'pg_try_advisory_lock' }, options);
  try {
    return await work();
  } finally {
    await session.query('select pg_advisory_unlock($1::int, $2::int)', TRANSACTION_KEY).catch(() => []);
  }
}

interface Lock {
  readonly key: Key;
  readonly call: 'pg_try_advisory_lock' | 'pg_try_advisory_xact_lock';
}

async function takeLock(session: Session, { key, call }: Lock, { timeoutMs, signal, onWait }: LockOptions): Promise<void> {
  const started = performance.now();
  const isFree = async (): Promise<boolean> =>
    (await session.query<{ locked: boolean }>(`select ${call}($1::int, $2::int) as locked`, key))[0]?.locked ?? false;
  for (let told = false; !(await isFree()); told = true) {
    assertNotInterrupted(signal, 'Nothing was changed.');
    const waitedMs = performance.now() - started;
    if (timeoutMs > 0 && waitedMs >= timeoutMs) throw fail('LOCK_TIMEOUT', { waitedMs, holder: await holderOf(session, key) });
    if (!told) onWait?.(await holderOf(session, key));
    await delay(POLL_MS * (0.5 + Math.random()));
  }
}

async function holderOf(session: Session, key: Key): Promise<string | undefined> {
  const [row] = await session.query<{ holder: string }>(
    `select format('process %s (%s as %s%s, for %s s)', a.pid, coalesce(nullif(a.application_name, ''), 'unnamed'), a.usename,
       ' from ' || host(a.client_addr), extract(epoch from clock_timestamp() - coalesce(a.xact_start, a.backend_start))::int) as holder
     from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = $1::int::oid and l.objid = $2::int::oid
       and l.database = (select oid from pg_catalog.pg_database where datname = current_database())`,
    key,
  );
  return row?.holder;
}
