import { setTimeout as delay } from 'node:timers/promises';
import { type DatabasePool, type DatabasePoolConnection, sql } from 'slonik';

/** A pooler gives a connection a server session for as long as it lasts, or for one transaction at a time. */
export type Pooling = 'session' | 'transaction';

const WAIT_MS = 1_000;
/** A pooler takes any session that is free, and so by chance the same one. */
const TRIES = 3;

/**
 * Which way a pooler works: with one connection in a transaction, does another one get its own session back?
 * @param pool  of two connections at least
 * @see https://www.pgbouncer.org/features.html
 */
export function poolingOf(pool: DatabasePool): Promise<Pooling> {
  return pool.connect(async (one) => {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await processBehind(one);
      const opened = Promise.withResolvers<void>();
      const closing = Promise.withResolvers<void>();
      const other = pool.connect((connection) => transact(connection, opened.resolve, closing.promise)).catch(() => undefined);
      // Nobody answers the other one: the first has the only session there is, and keeps it.
      if ((await within(opened.promise.then(() => true))) === undefined) return 'session';
      const answer = processBehind(one);
      // Nobody answers the first one: the other has the only session there is.
      const after = await within(answer);
      closing.resolve();
      await Promise.all([answer, other]);
      if (after !== before) return 'transaction';
    }
    return 'session';
  });
}

async function transact(connection: DatabasePoolConnection, opened: () => void, closing: Promise<void>): Promise<void> {
  await connection.query(sql.unsafe`BEGIN`);
  opened();
  await closing;
  await connection.query(sql.unsafe`ROLLBACK`);
}

/** Undefined when it takes too long. */
const within = <T>(answer: Promise<T>): Promise<T | undefined> => Promise.race([answer, delay(WAIT_MS, undefined)]);

const processBehind = async (connection: DatabasePoolConnection): Promise<number> =>
  Number(await connection.oneFirst(sql.unsafe`SELECT pg_catalog.pg_backend_pid() AS pid`));
