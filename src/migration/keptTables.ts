/** Rows and values that a migration takes away, copied into the schema `fastpyd_kept` in the same transaction. */
import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import type { Direction } from './steps.ts';

/** A table or a column whose rows or values a migration takes away, or casts to another type. */
export interface Lost {
  readonly schema: string;
  readonly table: string;
  /** Null where the whole table goes. */
  readonly column: string | null;
  /** True for values that stay in another type. */
  readonly isRetyped: boolean;
  readonly isPartitioned: boolean;
}

/** A copy of what was lost. */
export interface Kept extends Omit<Lost, 'isPartitioned'> {
  /** Its table in `fastpyd_kept`. */
  readonly name: string;
  readonly migration: string;
  readonly direction: Direction;
  /** The columns by which its rows are found; none for a table. */
  readonly key: readonly string[];
  readonly rows: number;
  /** ISO 8601. */
  readonly keptAt: string;
}

const CREATE = [
  'CREATE SCHEMA IF NOT EXISTS fastpyd_kept',
  `CREATE TABLE IF NOT EXISTS fastpyd_kept.kept (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, migration text NOT NULL, direction text NOT NULL, schema text NOT NULL, "table" text NOT NULL,
    "column" text, is_retyped boolean NOT NULL, key text NOT NULL, rows bigint NOT NULL, kept_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
];

const SELECT = `select name, migration, direction, schema, "table", "column", is_retyped as "isRetyped", key, rows::float8 as rows,
  to_char(kept_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "keptAt" from fastpyd_kept.kept order by id`;

/** Everything that is kept, oldest first. */
export async function keptIn(session: Session): Promise<readonly Kept[]> {
  const [there] = await session.query<{ kept: string | null }>(`select to_regclass('fastpyd_kept.kept')::text as kept`);
  if (there?.kept == null) return [];
  const rows = await session.query<Omit<Kept, 'key'> & { readonly key: string }>(SELECT);
  return rows.map((row) => ({ ...row, key: JSON.parse(row.key) }));
}

/** Drops copies for good. */
export function dropKept(database: Database, names: readonly string[]): Promise<void> {
  return database.transaction(async (session) => {
    for (const name of names) await forget(session, name);
  });
}

/** Drops a copy and what is known of it. */
export async function forget(session: Session, name: string): Promise<void> {
  await session.query(`DROP TABLE fastpyd_kept.${quoteIdentifier(name)}`);
  await session.query('delete from fastpyd_kept.kept where name = $1', [name]);
}

export const tableOf = ({ schema, table }: Pick<Lost, 'schema' | 'table'>): string =>
  `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;

/** A column as the live database has it. */
export interface LiveColumn {
  readonly name: string;
  readonly type: string;
  /** True of PostgreSQL's own types; a value of another one is kept as text, since the type may go too. */
  readonly isPlain: boolean;
  readonly isGenerated: boolean;
}

/** The columns of a table; none where there is no such table. */
export const columnsOf = (session: Session, lost: Pick<Lost, 'schema' | 'table'>): Promise<readonly LiveColumn[]> =>
  session.query<LiveColumn>(
    `select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type, a.attgenerated <> '' as "isGenerated",
       coalesce(e.typnamespace, t.typnamespace) = 'pg_catalog'::regnamespace as "isPlain"
     from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
     left join pg_catalog.pg_type e on e.oid = t.typelem and t.typcategory = 'A'
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [tableOf(lost)],
  );

/** The columns of the same table that go too, or change their type. */
export const changingWith = ({ schema, table }: Lost, all: readonly Lost[]): ReadonlySet<string> =>
  new Set(all.flatMap((other) => (other.schema === schema && other.table === table && other.column !== null ? [other.column] : [])));

/** The columns of the primary key, or else of a unique index over columns that are never null, without those that change. */
async function keyOf(session: Session, lost: Lost, changing: ReadonlySet<string>): Promise<readonly string[] | undefined> {
  const keys = await session.query<{ key: string }>(
    `select json_agg(a.attname order by k.place)::text as key from pg_catalog.pg_index i
     cross join lateral unnest(i.indkey::int2[]) with ordinality k(attnum, place)
     join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = to_regclass($1) and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
     group by i.indexrelid, i.indisprimary having bool_and(a.attnotnull) order by i.indisprimary desc, i.indexrelid`,
    [tableOf(lost)],
  );
  const lists = keys.map(({ key }): readonly string[] => JSON.parse(key));
  return lists.find((names) => !names.some((name) => changing.has(name)));
}

/**
 * By what the rows of a copy are found again: nothing for a whole table.
 * @throws KEEP_REFUSED  for values whose rows nothing tells apart
 */
export async function requireKey(
  session: Session,
  lost: Lost,
  { changing, migration }: Omit<Cause, 'direction'>,
): Promise<readonly string[]> {
  const key = lost.column === null ? [] : await keyOf(session, lost, changing);
  if (key !== undefined) return key;
  throw fail('KEEP_REFUSED', { object: nameOf(lost), reason: 'its table has no key by which its rows could be found again', migration });
}

interface Cause {
  readonly migration: string;
  readonly direction: Direction;
  /** Columns of the same table that the migration takes away or casts. */
  readonly changing: ReadonlySet<string>;
}

/**
 * Copies what is about to be lost, where there is something. Nobody writes there any more until the transaction ends.
 * @throws KEEP_REFUSED  for values whose rows nothing tells apart
 */
export async function keepOne(session: Session, lost: Lost, cause: Cause): Promise<void> {
  const columns = await columnsOf(session, lost);
  if (columns.length === 0 || (lost.column !== null && !columns.some(({ name }) => name === lost.column))) return;
  await session.query(`LOCK TABLE ${tableOf(lost)} IN ACCESS EXCLUSIVE MODE`);
  const source = sourceOf(lost);
  const [counted] = await session.query<{ rows: number }>(`select count(*)::float8 as rows from ${source}`);
  if (!counted?.rows) return;
  const key = await requireKey(session, lost, cause);
  const wanted =
    lost.column === null
      ? columns.filter(({ isGenerated }) => !isGenerated)
      : columns.filter(({ name }) => [...key, lost.column].includes(name));
  await copy(session, { lost, cause, key, source, wanted, rows: counted.rows });
}

/** The rows that have something; those of child tables are their own, those of partitions the whole's. */
const sourceOf = (lost: Lost): string =>
  `${lost.isPartitioned ? '' : 'ONLY '}${tableOf(lost)}${lost.column === null ? '' : ` where ${quoteIdentifier(lost.column)} is not null`}`;

interface Copy {
  readonly lost: Lost;
  readonly cause: Cause;
  readonly key: readonly string[];
  readonly source: string;
  readonly wanted: readonly LiveColumn[];
  readonly rows: number;
}

const LONGEST_NAME = 63;

async function copy(session: Session, { lost, cause, key, source, wanted, rows }: Copy): Promise<void> {
  for (const statement of CREATE) await session.query(statement);
  const [row] = await session.query<{ id: number }>(
    `insert into fastpyd_kept.kept (migration, direction, schema, "table", "column", is_retyped, key, rows) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id::float8 as id`,
    [cause.migration, cause.direction, lost.schema, lost.table, lost.column, lost.isRetyped, JSON.stringify(key), rows],
  );
  const name = [`k${row?.id}`, lost.table, ...(lost.column === null ? [] : [lost.column])]
    .join('_')
    .replace(/[^\w]/g, '_')
    .slice(0, LONGEST_NAME);
  await session.query('update fastpyd_kept.kept set name = $2 where id = $1', [row?.id, name]);
  const list = wanted.map((column) =>
    column.isPlain ? quoteIdentifier(column.name) : `${quoteIdentifier(column.name)}::text as ${quoteIdentifier(column.name)}`,
  );
  const kept = `fastpyd_kept.${quoteIdentifier(name)}`;
  await session.query(`CREATE TABLE ${kept} AS SELECT ${list.join(', ')} FROM ${source}`);
  const verb = cause.direction === 'up' ? 'applied' : 'rolled back';
  const comment = `${lost.column === null ? 'table' : 'column'} ${nameOf(lost)} as it was before ${cause.migration} was ${verb} on ${new Date().toISOString()}`;
  await session.query(`COMMENT ON TABLE ${kept} IS ${quoteLiteral(comment)}`);
}

/** Dotted and unquoted. */
export const nameOf = ({ schema, table, column }: Pick<Lost, 'schema' | 'table' | 'column'>): string =>
  [schema, table, ...(column === null ? [] : [column])].join('.');
