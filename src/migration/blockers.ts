import type { Database } from '../database/session.ts';

/** Looks again and again who keeps a session waiting. */
export interface BlockerWatch {
  /** Who was in the way when it was last looked; undefined when nobody was. */
  readonly last: () => string | undefined;
  readonly stop: () => Promise<void>;
}

const BLOCKERS = `select format('process %s (%s as %s, %s, its transaction is %s s old): %s', pid, coalesce(nullif(application_name, ''), 'unnamed'), usename,
    state, extract(epoch from clock_timestamp() - xact_start)::int, left(regexp_replace(query, '\\s+', ' ', 'g'), 80)) as blocker
  from pg_catalog.pg_stat_activity where pid = any(pg_blocking_pids($1)) order by xact_start`;

/** A lock is named while it is waited for: once the wait is given up, nobody can tell any more. */
export function watchBlockers(database: Database, { pid, everyMs }: { readonly pid: number; readonly everyMs: number }): BlockerWatch {
  let last: string | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const rows = await database.session((session) => session.query<{ blocker: string }>(BLOCKERS, [pid])).catch(() => []);
    last = rows[0]?.blocker ?? last;
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await looking;
  };
  return { last: () => last, stop };
}
