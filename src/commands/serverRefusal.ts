import { SqlError } from '../database/sqlError.ts';
import { fail } from '../errors.ts';

const LOCK_NOT_AVAILABLE = '55P03';
/** Privileges, cancelled or timed out, resources, a read-only server; https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SERVERS_OWN = /^(42501|57...|53...|25006)$/;
const STATE = '`fastpy db:status` shows where the database stands.';

/**
 * What a server refuses for reasons of its own, outside of any migration's steps, as the error that users see. Everything else passes
 * as it is, since a statement of ours that PostgreSQL does not understand is a bug.
 */
export function serverRefusal(error: unknown, { lockTimeoutMs }: { readonly lockTimeoutMs: number }): unknown {
  if (!(error instanceof SqlError)) return error;
  const options = { cause: error, location: { statement: error.statement } };
  if (error.sqlState === LOCK_NOT_AVAILABLE)
    return fail('LOCK_TIMEOUT', { waitedMs: lockTimeoutMs, what: 'a lock of another session', state: STATE }, options);
  if (!SERVERS_OWN.test(error.sqlState)) return error;
  const reason = [error.message, error.detail, error.hint].filter((part) => part !== undefined).join('; ');
  return fail('STATEMENT_FAILED', { what: 'what fastpyd asked of the server', reason, state: STATE, sqlState: error.sqlState }, options);
}
