import { randomInt } from 'node:crypto';
import { hold } from '../database/held.ts';
import { quoteIdentifier } from '../database/quote.ts';
import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';

/** The databases of one process on a server that others use too. */
export interface Claim {
  /** What their names begin with. */
  readonly prefix: string;
  readonly release: () => void;
}

// "shad": the first half of the advisory locks that say which processes live; the second half is in the names.
const LOCK_CLASS = 0x73686164;
const TOKEN_DIGITS = 8;

const prefixOf = (token: number): string => `fastpyd_scratch_${token.toString(16).padStart(TOKEN_DIGITS, '0')}_`;

/**
 * Marks databases as those of this process for as long as its connection lasts, and drops those of processes that are gone: one that was
 * killed could not.
 */
export async function claimDatabases(admin: ScratchDatabase): Promise<Claim> {
  const token = randomInt(2 ** 31);
  const { session, release } = await hold(admin);
  try {
    await session.query('select pg_advisory_lock($1::int, $2::int)', [LOCK_CLASS, token]);
    for (const name of await forgotten(session)) await dropIfAllowed(session, name);
  } catch (error) {
    release();
    throw error;
  }
  return { prefix: prefixOf(token), release };
}

/** Another role's is that role's to drop, the next time. */
async function dropIfAllowed(session: ScratchSession, name: string): Promise<void> {
  await session.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`).catch((error: unknown) => {
    if (!(error instanceof SqlError)) throw error;
  });
}

/**
 * Locks are seen from every database of a server. What somebody is connected to is not forgotten: a process may have lost the connection with
 * its lock, and live.
 */
async function forgotten(session: ScratchSession): Promise<readonly string[]> {
  const names = await session.query<{ name: string }>(
    `select datname::text as name from pg_database d where datname ~ '^fastpyd_scratch_[0-9a-f]{${TOKEN_DIGITS}}_'
      and not exists (select from pg_stat_activity where datid = d.oid)`,
  );
  const locks = await session.query<{ token: number }>(
    `select objid::int8::float8 as token from pg_locks where locktype = 'advisory' and classid = $1::int8::oid and objsubid = 2 and granted`,
    [LOCK_CLASS],
  );
  const living = locks.map(({ token }) => prefixOf(token));
  return names.map(({ name }) => name).filter((name) => !living.some((prefix) => name.startsWith(prefix)));
}
