import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/session.ts';
import { isConnectionLoss } from './steps.ts';

const LIMIT_MS = 30_000;
const PAUSE_MS = 250;

interface Question<Result> {
  readonly xid: string | undefined;
  readonly lookUp: () => Promise<Result | undefined>;
  readonly signal?: AbortSignal | undefined;
}

type Outcome<Result> = { readonly result: Result } | 'aborted' | 'unknown';

/**
 * What became of a transaction whose COMMIT was not answered. The ledger is asked first, since it holds also after a failover; then the
 * server, which may still be at work on it.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT  pg_xact_status
 */
export async function findOutcome<Result>(database: Database, question: Question<Result>): Promise<Outcome<Result>> {
  const limit = performance.now() + LIMIT_MS;
  while (performance.now() < limit && !question.signal?.aborted) {
    const outcome = await askOnce(database, question).catch((error: unknown) => {
      if (isConnectionLoss(error)) return undefined;
      throw error;
    });
    if (outcome !== undefined) return outcome;
    await delay(PAUSE_MS);
  }
  return 'unknown';
}

/** Undefined while the server is still at work. */
async function askOnce<Result>(database: Database, { xid, lookUp }: Question<Result>): Promise<Outcome<Result> | undefined> {
  const status = await database.session((session) =>
    session.query<{ status: string | null }>('select pg_xact_status($1::xid8) as status', [xid]),
  );
  if (status[0]?.status === 'in progress') return undefined;
  const result = await lookUp();
  return result === undefined ? 'aborted' : { result };
}
