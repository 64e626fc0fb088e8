import { setTimeout as delay } from 'node:timers/promises';
import { type DatabasePool, type DatabasePoolConnection, sql } from 'slonik';

/** A pooler gives a connection a server session for as long as it lasts, or for one transaction at a time. */
export type Pooling = 'session' | 'transaction';

const WAIT_MS = 1_000;
/** How often a connection that is not answered may be looked after. */
const LOOKS = 2;
/** Others use the pooler too, and so two connections have different sessions by chance, even for some rounds. */
const ROUNDS = 10;

/**
 * Which way a pooler works: do two connections that take turns keep a session each?
 * @param pool  of two connections at least
 * @see https://www.pgbouncer.org/features.html
 */
export function poolingOf(pool: DatabasePool): Promise<Pooling> {
  return pool.connect(async (one) => {
    let isOpen = false;
    try {
      return await pool.connect((other) => {
        isOpen = true;
        return compare(one, other);
      });
    } catch (error) {
      if (isOpen) throw error;
      // A second one cannot even connect: the first has the only session there is, and keeps it.
      return 'session';
    }
  });
}

async function compare(one: DatabasePoolConnection, other: DatabasePoolConnection): Promise<Pooling> {
  const own = await processBehind(one);
  const asked = processBehind(other);
  if (await isStarved(asked, one)) return 'session';
  const others = await asked;
  if (own === others) return 'transaction';
  // Who was last goes first: a pooler that gives its sessions in a circle would otherwise give each its own.
  for (let round = 0; round < ROUNDS; round++) {
    const isOthersTurn = round % 2 === 0;
    for (const isOther of [isOthersTurn, !isOthersTurn])
      if ((await processBehind(isOther ? other : one)) !== (isOther ? others : own)) return 'transaction';
  }
  return 'session';
}

/**
 * Is one answered while another, who asked before it, is not? Then it keeps the only session there is. Where sessions change, both would
 * wait in a line for one that somebody else has.
 */
async function isStarved(asked: Promise<number>, one: DatabasePoolConnection): Promise<boolean> {
  const answered = asked.then(() => false);
  for (let look = 0; look < LOOKS; look++) {
    if ((await Promise.race([answered, delay(WAIT_MS, true)])) === false) return false;
    if ((await Promise.race([answered, processBehind(one).then(() => true)])) === false) return false;
  }
  return true;
}

const processBehind = async (connection: DatabasePoolConnection): Promise<number> =>
  Number(await connection.oneFirst(sql.unsafe`SELECT pg_catalog.pg_backend_pid() AS pid`));
