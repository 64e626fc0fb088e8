import type { Session } from '../database/session.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows of every table, and where every sequence stands, by dotted name. */
export type Contents = ReadonlyMap<string, readonly Row[]>;

const TABLES = `select format('%I.%I', n.nspname, c.relname) as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'fastpyd', 'fastpyd_kept') order by 1`;
const SEQUENCES = `select format('sequence %I.%I', schemaname, sequencename) as name, json_build_object('last', last_value) as row
  from pg_catalog.pg_sequences order by 1`;

/** Reads all rows of a scratch database; they are those that migrations put there, and so few. */
export async function readContents(session: Session): Promise<Contents> {
  const contents = new Map<string, readonly Row[]>();
  for (const { name } of await session.query<{ name: string }>(TABLES)) {
    const rows = await session.query<{ row: string }>(`select to_jsonb(r)::text as row from only ${name} r`);
    contents.set(
      name,
      rows.map(({ row }) => JSON.parse(row)),
    );
  }
  for (const { name, row } of await session.query<{ name: string; row: string | Row }>(SEQUENCES))
    contents.set(name, [typeof row === 'string' ? JSON.parse(row) : row]);
  return contents;
}

/** Where two databases differ in rows, by name; what `volatile` names is left out, as `table.column`. */
export function differingContents(wanted: Contents, found: Contents, volatile: ReadonlySet<string> = new Set()): readonly string[] {
  const names = [...new Set([...wanted.keys(), ...found.keys()])].toSorted();
  return names.filter((name) => textOf(name, wanted, volatile) !== textOf(name, found, volatile));
}

function textOf(name: string, contents: Contents, volatile: ReadonlySet<string>): string {
  const rows = contents.get(name) ?? [];
  return rows
    .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !volatile.has(`${name}.${column}`))))
    .toSorted()
    .join('\n');
}

/** Columns that come out otherwise each time that the same is run: a time, a random number. */
export function volatileColumns(first: Contents, second: Contents): ReadonlySet<string> {
  const columns = [...first].flatMap(([name, rows]) => [...new Set(rows.flatMap(Object.keys))].map((column) => ({ name, column })));
  const valuesOf = (contents: Contents, name: string, column: string): string =>
    JSON.stringify((contents.get(name) ?? []).map((row) => JSON.stringify(row[column] ?? null)).toSorted());
  return new Set(
    columns
      .filter(({ name, column }) => valuesOf(first, name, column) !== valuesOf(second, name, column))
      .map(({ name, column }) => `${name}.${column}`),
  );
}
