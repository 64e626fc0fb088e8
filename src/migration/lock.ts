import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';

/** "fast" and "pyd " as two integers; advisory locks are apart for each database by themselves. */
const KEY = [0x66617374, 0x70796420] as const;
const POLL_MS = 100;

interface LockOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told once, when somebody else holds the lock. */
  readonly onWait?: ((holder: string | undefined) => void) | undefined;
}

/**
 * Runs the work while no other fastpyd migrates this database. The lock is polled, never waited for: a waiting session would deadlock
 * with an index that is built concurrently. It goes with its connection, so a killed holder leaves nothing behind.
 * @throws LOCK_TIMEOUT
 */
export function withMigrationLock<T>(database: Database, options: LockOptions, work: () => Promise<T>): Promise<T> {
  return database.session(async (session) => {
    await takeLock(session, options);
    try {
      return await work();
    } finally {
      await session.query('select pg_advisory_unlock($1::int, $2::int)', KEY).catch(() => []);
    }
  });
}

async function takeLock(session: Session, { timeoutMs, signal, onWait }: LockOptions): Promise<void> {
  const started = performance.now();
  for (let told = false; !(await tryLock(session)); told = true) {
    signal?.throwIfAborted();
    const waitedMs = performance.now() - started;
    if (waitedMs >= timeoutMs) throw fail('LOCK_TIMEOUT', { waitedMs, holder: await holderOf(session) });
    if (!told) onWait?.(await holderOf(session));
    await delay(POLL_MS);
  }
}

async function tryLock(session: Session): Promise<boolean> {
  const [row] = await session.query<{ locked: boolean }>('select pg_try_advisory_lock($1::int, $2::int) as locked', KEY);
  return row?.locked ?? false;
}

async function holderOf(session: Session): Promise<string | undefined> {
  const [row] = await session.query<{ holder: string }>(
    `select format('process %s (%s as %s, for %s s)', a.pid, a.application_name, a.usename, extract(epoch from now() - a.backend_start)::int) as holder
     from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = $1::int::oid and l.objid = $2::int::oid
       and l.database = (select oid from pg_database where datname = current_database())`,
    KEY,
  );
  return row?.holder;
}
