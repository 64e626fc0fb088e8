import type { Database } from '../database/session.ts';
import type { Progress } from '../protocol/methods.ts';

/** Looks again and again what a session that is at work waits for, and how far it is. */
export interface SessionWatch {
  /** Who was in the way when it was last looked; undefined when nobody was. */
  readonly blocker: () => string | undefined;
  /** For how long it has waited for locks so far, as far as looking tells. */
  readonly waitedMs: () => number;
  readonly stop: () => Promise<void>;
}

interface Watched {
  /** The process that serves the session. */
  readonly pid: number;
  readonly everyMs: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** When it is aborted, the statement that runs is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

const STATEMENT = `left(regexp_replace(query, '\\s+', ' ', 'g'), 80)`;
const WHO = `concat_ws(' as ', coalesce(nullif(application_name, ''), case when usename is null then backend_type else 'unnamed' end), usename)`;

/** A transaction that was prepared has no process any more; pg_blocking_pids says 0 for it. */
const LOOK = `select
  (select format('process %s (%s, %s, its transaction is %s s old): %s', pid, ${WHO}, state,
      extract(epoch from clock_timestamp() - xact_start)::int, ${STATEMENT})
    from pg_catalog.pg_stat_activity where pid = any(pg_blocking_pids($1)) order by xact_start limit 1) as blocker,
  (select format('the prepared transaction %L (of %s, %s s old): COMMIT PREPARED or ROLLBACK PREPARED ends it', gid, owner,
      extract(epoch from clock_timestamp() - prepared)::int)
    from pg_catalog.pg_prepared_xacts p
    join pg_catalog.pg_locks own on own.pid is null and own.transactionid = p.transaction
    join pg_catalog.pg_locks held on held.pid is null and held.virtualtransaction = own.virtualtransaction
    join pg_catalog.pg_locks wanted on wanted.pid = $1 and not wanted.granted
      and (wanted.transactionid = held.transactionid or (wanted.relation = held.relation and wanted.database = held.database))
    where 0 = any(pg_blocking_pids($1)) limit 1) as prepared,
  (select format('index %s: %s%s', coalesce(index_relid::regclass::text, 'on ' || relid::regclass), phase,
      case when blocks_total > 0 then format(', %s %%', 100 * blocks_done / blocks_total)
        when tuples_total > 0 then format(', %s %%', 100 * tuples_done / tuples_total) end)
    from pg_catalog.pg_stat_progress_create_index where pid = $1) as build`;

interface Seen {
  readonly blocker: string | null;
  readonly prepared: string | null;
  readonly build: string | null;
}

const ignore = (): void => undefined;

/** Begins to look. A lock is named while it is waited for: once the wait is given up, nobody can tell any more. */
export function watchSession(database: Database, { pid, everyMs, onProgress, signal }: Watched): SessionWatch {
  const state = { blocker: undefined as string | undefined, waitedMs: 0, told: '' };
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  let looked = performance.now();
  const look = async (): Promise<void> => {
    const sinceMs = performance.now() - looked;
    looked += sinceMs;
    const [seen] = await database.session((session) => session.query<Seen>(LOOK, [pid])).catch(() => []);
    const blocker = seen?.blocker ?? seen?.prepared ?? undefined;
    if (blocker !== undefined) state.waitedMs += sinceMs;
    state.blocker = blocker ?? state.blocker;
    const message = [seen?.build, blocker && `waiting for ${blocker}`].filter(Boolean).join(', ');
    if (message !== '' && message !== state.told) onProgress?.({ message });
    state.told = message;
  };
  // Looks that take longer than the time between them must not pile up: who stops waits for the last one.
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = looking.then(look).finally(() => {
      isLooking = false;
    });
  }, everyMs);
  // A session that is between two statements takes no notice; the next one is not begun then.
  const cancel = (): void => {
    looking = looking.then(() => database.session((session) => session.query('select pg_cancel_backend($1)', [pid]))).then(ignore, ignore);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  const stop = async (): Promise<void> => {
    signal?.removeEventListener('abort', cancel);
    clearInterval(timer);
    await looking;
  };
  return { blocker: () => state.blocker, waitedMs: () => state.waitedMs, stop };
}
