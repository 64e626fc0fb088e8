import type { Session } from '../database/session.ts';

/** A column, or a relation and numbers of its columns, that point to rows of another catalog. */
export interface ForeignKey {
  readonly catalog: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly isArray: boolean;
}

/** What the server says of its own catalogs. */
export interface CatalogFacts {
  /** By catalog, then by column: its type. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly primaryKeys: ReadonlyMap<string, readonly string[]>;
  readonly foreignKeys: readonly ForeignKey[];
}

const QUERY = `
  with catalogs as (select oid, relname from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind = 'r' and not relisshared)
  select json_build_object(
    'columns', (select json_agg(json_build_array(c.relname, a.attname, format_type(a.atttypid, null)) order by c.relname, a.attnum)
      from catalogs c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
    'primaryKeys', (select json_agg(json_build_array(c.relname, (select json_agg(a.attname order by at) from unnest(i.indkey) with ordinality u(k, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = k)))
      from catalogs c join pg_index i on i.indrelid = c.oid and i.indisprimary),
    'foreignKeys', (select json_agg(json_build_object('catalog', fktable::text, 'columns', fkcols, 'target', pktable::text, 'isArray', is_array))
      from pg_get_catalog_foreign_keys())
  )::text as facts`;

interface Answer {
  readonly columns: readonly (readonly [catalog: string, column: string, type: string])[];
  readonly primaryKeys: readonly (readonly [catalog: string, columns: readonly string[]])[];
  readonly foreignKeys: readonly ForeignKey[];
}

/**
 * Reads which catalogs there are, their columns, and what points where; so that what a newer PostgreSQL adds is looked at without a line here.
 * @see https://www.postgresql.org/docs/current/functions-info.html  pg_get_catalog_foreign_keys
 */
export async function readCatalogFacts(session: Session): Promise<CatalogFacts> {
  const [row] = await session.query<{ facts: string }>(QUERY);
  const answer: Answer = JSON.parse(row?.facts ?? '{}');
  const byCatalog = Map.groupBy(answer.columns, ([catalog]) => catalog);
  return {
    columns: new Map([...byCatalog].map(([catalog, columns]) => [catalog, new Map(columns.map(([, column, type]) => [column, type]))])),
    primaryKeys: new Map(answer.primaryKeys),
    foreignKeys: answer.foreignKeys,
  };
}
