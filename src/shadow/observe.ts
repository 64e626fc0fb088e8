import { setTimeout as delay } from 'node:timers/promises';
import { quoteIdentifier } from '../database/quote.ts';
import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { nameOf } from '../load/scanSql.ts';
import { significantTokens } from '../load/sqlNames.ts';

/** What a statement was seen to do to relations that were there before it. */
export interface Observed {
  /** The strongest lock on each; undefined where the statement ends its own transactions and could not be watched. */
  readonly locks: readonly ObservedLock[] | undefined;
  /** Tables and materialized views whose rows were all written anew. */
  readonly rewritten: readonly string[];
}

/** A lock as SQL names it: `SHARE UPDATE EXCLUSIVE` on `public.posts`. */
export interface ObservedLock {
  readonly relation: string;
  readonly mode: string;
}

/** From weak to strong. */
const MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
];

interface Relation {
  readonly oid: string;
  readonly name: string;
  readonly file: string | null;
  readonly holdsRows: boolean;
}

type Relations = ReadonlyMap<string, Relation>;

const RELATIONS = `select c.oid::text, n.nspname || '.' || c.relname as name, c.relfilenode::text as file, c.relkind in ('r', 'm') as "holdsRows"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind <> 't' and c.relkind <> 'c'`;

const readRelations = async (session: ScratchSession): Promise<Relations> =>
  new Map((await session.query<Relation>(RELATIONS)).map((relation) => [relation.oid, relation] as const));

interface Held {
  readonly oid: string;
  readonly mode: string;
}

const HELD = `select relation::text as oid, mode from pg_locks where pid = $1 and locktype = 'relation' and granted`;

/** The strongest lock on each relation that was there, the strongest first. */
function strongest(held: readonly Held[], before: Relations): readonly ObservedLock[] {
  const byName = new Map<string, number>();
  for (const { oid, mode } of held) {
    const name = before.get(oid)?.name;
    if (name !== undefined) byName.set(name, Math.max(byName.get(name) ?? 0, MODES.indexOf(mode)));
  }
  const locks = [...byName].sort(([one, weak], [other, strong]) => strong - weak || (one < other ? -1 : 1));
  return locks.map(([relation, mode]) => ({ relation, mode: sqlNameOf(MODES[mode] ?? '') }));
}

/** `AccessExclusiveLock` is ACCESS EXCLUSIVE in SQL. */
const sqlNameOf = (mode: string): string =>
  mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();

const rewritten = (before: Relations, after: Relations): readonly string[] =>
  [...before.values()]
    .filter(({ oid, file, holdsRows }) => holdsRows && after.has(oid) && after.get(oid)?.file !== file)
    .map(({ name }) => name)
    .sort();

/** A statement that refuses a transaction block says 25001; one that ends a transaction inside a procedure says 2D000. */
const REFUSES_TRANSACTION = ['25001', '2D000'];

/**
 * Runs statements in a scratch database, each in a transaction of its own, and reads what each held when it was done. They stay done.
 * @throws SqlError
 */
export function observeStatements(database: ScratchDatabase, statements: readonly string[]): Promise<readonly Observed[]> {
  return database.session(async (session) => {
    await session.query('SET check_function_bodies = off');
    const [backend] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const observed: Observed[] = [];
    for (const sql of statements) observed.push(await observeOne(database, session, { sql, pid: backend?.pid ?? 0 }));
    return observed;
  });
}

interface Watched {
  readonly sql: string;
  /** Of the session that runs it. */
  readonly pid: number;
}

async function observeOne(database: ScratchDatabase, session: ScratchSession, watched: Watched): Promise<Observed> {
  const before = await readRelations(session);
  await session.query('BEGIN');
  try {
    await session.query(watched.sql);
    const held = await session.query<Held>(HELD, [watched.pid]);
    const after = await readRelations(session);
    await session.query('COMMIT');
    return { locks: strongest(held, before), rewritten: rewritten(before, after) };
  } catch (error) {
    await session.query('ROLLBACK');
    if (!(error instanceof SqlError) || !REFUSES_TRANSACTION.includes(error.sqlState)) throw error;
  }
  const held = await watchOutside(database, session, watched);
  return { locks: held && strongest(held, before), rewritten: rewritten(before, await readRelations(session)) };
}

const TABLES_NAMED = `select distinct n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_index i on i.indrelid = c.oid left join pg_class x on x.oid = i.indexrelid
  where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and (c.relname = any($1) or x.relname = any($1))`;

/**
 * What is done CONCURRENTLY waits, with its locks, for those who write to the table: somebody does until the locks are read.
 * @returns undefined for a statement that waits for nobody
 */
async function watchOutside(database: ScratchDatabase, session: ScratchSession, watched: Watched): Promise<readonly Held[] | undefined> {
  const names = significantTokens(watched.sql).map(nameOf);
  const tables = await session.query<{ schema: string; name: string }>(TABLES_NAMED, [names]);
  return database.session(async (writer) => {
    await writer.query('BEGIN');
    for (const { schema, name } of tables)
      await writer.query(`LOCK TABLE ONLY ${quoteIdentifier(schema)}.${quoteIdentifier(name)} IN ROW EXCLUSIVE MODE`);
    const run = session.query(watched.sql);
    const ended = run.then(
      () => true,
      () => true,
    );
    const held = await heldWhileWaiting(writer, watched.pid, ended);
    await writer.query('COMMIT');
    await run;
    return held;
  });
}

const LIMIT_MS = 5_000;
const PAUSE_MS = 5;

async function heldWhileWaiting(writer: ScratchSession, pid: number, ended: Promise<boolean>): Promise<readonly Held[] | undefined> {
  const waiting = 'select count(*)::int as count from pg_locks where pid = $1 and not granted';
  for (const limit = performance.now() + LIMIT_MS; performance.now() < limit; ) {
    const [found] = await writer.query<{ count: number }>(waiting, [pid]);
    if (found !== undefined && found.count > 0) return writer.query<Held>(HELD, [pid]);
    if (await Promise.race([ended, delay(PAUSE_MS, false)])) return undefined;
  }
  return undefined;
}
