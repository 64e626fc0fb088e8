import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { relationId } from './relationKind.ts';
import { renameAs } from './setAside.ts';

/** Extended statistics. */
export interface Statistics extends SchemaObject {
  readonly kind: 'statistics';
  readonly schema: string;
  readonly statistics: string;
  /** What pg_get_statisticsobjdef prints. */
  readonly definition: string;
  /** The target; null for the server's own. */
  readonly target: number | null;
}

interface StatisticsRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly statistics: string;
  readonly table_schema: string;
  readonly table: string;
  readonly definition: string;
  readonly target: number | null;
}

const nameOfStatistics = (object: Statistics): string => qualify(object.schema, object.statistics);
const setTarget = (object: Statistics): string => `ALTER STATISTICS ${nameOfStatistics(object)} SET STATISTICS ${object.target ?? -1}`;

export const statistics = defineKind<Statistics>({
  name: 'statistics',
  order: 110,
  // Columns come by their number, which is physical: a partition's may be others. Since PostgreSQL 17 the usual target is null, before it was -1.
  rarely: 'exists (select from pg_statistic_ext s where s.stxrelid = c.oid)',
  query: (within) => `
    select s.oid::text, c.oid::text as relation, c.relkind as relation_kind, n.nspname as schema, s.stxname as statistics, cn.nspname as table_schema, c.relname as "table",
      coalesce(replace(pg_get_statisticsobjdef(s.oid), ' ON ' || k.by_number, ' ON ' || k.by_name), pg_get_statisticsobjdef(s.oid)) as definition, nullif((to_jsonb(s)->>'stxstattarget')::int, -1) as target
    from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace join pg_class c on c.oid = s.stxrelid join pg_namespace cn on cn.oid = c.relnamespace
      cross join lateral (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) as by_number, string_agg(quote_ident(a.attname), ', ' order by a.attname) as by_name
        from pg_attribute a where a.attrelid = s.stxrelid and a.attnum = any (s.stxkeys)) k
    where ${within.roots('s.stxrelid', 's.stxnamespace')}`,
  *introspect(catalog, rows: readonly StatisticsRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation) || catalog.inExtension('pg_statistic_ext', row.oid)) continue;
      yield {
        object: {
          kind: 'statistics',
          id: idOf('statistics', row.schema, row.statistics),
          name: nameOf(row.schema, row.statistics),
          owner: relationId(row.relation_kind, row.table_schema, row.table),
          schema: row.schema,
          statistics: row.statistics,
          definition: settled(row.definition),
          target: row.target,
        },
        addresses: [`pg_statistic_ext/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `STATISTICS ${nameOfStatistics(object)}`,
  create: (object) => [object.definition, ...(object.target === null ? [] : [setTarget(object)])],
  drop: (object) => [`DROP STATISTICS ${nameOfStatistics(object)}`],
  alter: (before, after) => (before.definition === after.definition ? { statements: [setTarget(after)] } : REPLACE),
  rename: (before, after) =>
    renameAs('STATISTICS', { schema: before.schema, name: before.statistics }, { schema: after.schema, name: after.statistics }),
  claims: (object) => [`statistics ${object.name}`],
});
