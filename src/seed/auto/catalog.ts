import type { RunStatement } from '../../migration/parentLink.ts';

/** A table as the catalog has it, with what its rows must be like. */
export interface CatalogTable {
  /** `public.posts`, as messages have it. */
  readonly name: string;
  readonly oid: string;
  /** As SQL writes it. */
  readonly sql: string;
  readonly isPartitioned: boolean;
  readonly columns: readonly CatalogColumn[];
  readonly checks: readonly { readonly name: string; readonly expression: string }[];
  readonly keys: readonly CatalogKey[];
  /** Also those that only some of its parts have. */
  readonly references: readonly CatalogReference[];
  /** What holds of the rows of each part of a partitioned table: where they belong, and its own conditions. */
  readonly parts: readonly string[];
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly typeText: string;
  readonly isRequired: boolean;
  readonly default: string | null;
  /** PostgreSQL numbers the rows. */
  readonly isNumbered: boolean;
}

/** Columns of which no two rows may have the same; with operators where it is an exclusion. */
export interface CatalogKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly operators: readonly string[] | null;
}

export interface CatalogReference {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly isDeferrable: boolean;
  /** The places of the parts whose rows follow it; null for all rows. */
  readonly parts: readonly number[] | null;
}

export interface CatalogType {
  readonly name: string;
  readonly kind: 'b' | 'c' | 'd' | 'e' | 'm' | 'p' | 'r';
  readonly base: string;
  readonly baseText: string;
  readonly element: string;
  readonly isRequired: boolean;
  readonly labels: readonly string[] | null;
  readonly checks: readonly { readonly name: string; readonly expression: string }[] | null;
  readonly attributes: readonly { readonly type: string; readonly typeText: string }[] | null;
  readonly subtype: string | null;
}

export interface SeedCatalog {
  readonly tables: readonly CatalogTable[];
  readonly types: ReadonlyMap<string, CatalogType>;
}

const names = (numbers: string, relation: string): string =>
  `(select json_agg(a.attname order by k.n) from unnest(${numbers}) with ordinality k(number, n) join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;

// A unique index over an expression is about the columns that the expression names, which pg_depend knows.
const TABLES = `
select n.nspname || '.' || c.relname as name, c.oid::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as sql, c.relkind = 'p' as "isPartitioned",
  coalesce((select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::text, 'typeText', format_type(a.atttypid, a.atttypmod), 'isRequired', a.attnotnull,
    'default', case when a.attidentity = '' then pg_get_expr(d.adbin, d.adrelid) end,
    'isNumbered', a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid), '') like 'nextval(%') order by a.attnum)
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '[]') as columns,
  coalesce((select json_agg(json_build_object('name', o.conname, 'expression', pg_get_expr(o.conbin, o.conrelid)) order by o.conname)
    from pg_constraint o where o.conrelid = c.oid and o.contype = 'c'), '[]') as checks,
  coalesce((select json_agg(json_build_object('name', ic.relname, 'operators', (select json_agg(p.oprname order by u.n) from pg_constraint o, unnest(o.conexclop) with ordinality u(oid, n) join pg_operator p on p.oid = u.oid where o.conindid = i.indexrelid and o.conexclop is not null),
    'columns', case when i.indexprs is null then ${names('(i.indkey::int2[])[0:i.indnkeyatts - 1]', 'i.indrelid')}
      else (select json_agg(distinct a.attname) from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.refobjid = c.oid and d.refobjsubid > 0) end) order by not i.indisprimary, ic.relname)
    from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)), '[]') as keys,
  coalesce((select json_agg(json_build_object('name', o.conname, 'columns', ${names('o.conkey', 'o.conrelid')}, 'target', o.confrelid::text,
    'targetColumns', ${names('o.confkey', 'o.confrelid')}, 'isDeferrable', o.condeferrable,
    'parts', case when o.conrelid <> c.oid then (select json_agg(l.n) from (select t.relid, row_number() over (order by t.relid::text) - 1 as n from pg_partition_tree(c.oid) t where t.isleaf and t.relid <> c.oid) l
      where l.relid in (select b.relid from pg_partition_tree(o.conrelid) b)) end) order by o.conname)
    from pg_constraint o where o.contype = 'f' and o.conparentid = 0
      and (o.conrelid = c.oid or c.relkind = 'p' and o.conrelid in (select t.relid from pg_partition_tree(c.oid) t))), '[]') as "references",
  coalesce((select json_agg(coalesce(nullif(concat_ws(' AND ', pg_get_partition_constraintdef(t.relid), (select string_agg('(' || pg_get_expr(o.conbin, o.conrelid) || ')', ' AND ' order by o.conname)
    from pg_constraint o where o.conrelid = t.relid and o.contype = 'c' and o.coninhcount = 0)), ''), 'true') order by t.relid::text) from pg_partition_tree(c.oid) t where c.relkind = 'p' and t.isleaf and t.relid <> c.oid), '[]') as parts
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'fastpyd')
  and ($1::text[] is null or n.nspname = any ($1::text[]))
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname`;

const TYPES = `
with recursive used(oid) as (
  select distinct a.atttypid from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union
  select x.oid from used u join pg_type t on t.oid = u.oid cross join lateral (
    select t.typbasetype where t.typtype = 'd' union all select t.typelem where t.typelem <> 0
    union all select r.rngsubtype from pg_range r where r.rngtypid = t.oid union all select r.rngtypid from pg_range r where r.rngmultitypid = t.oid
    union all select a.atttypid from pg_attribute a where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) x(oid))
select t.oid::text, t.typname::text as name, t.typtype::text as kind, t.typbasetype::text as base, format_type(t.typbasetype, t.typtypmod) as "baseText",
  case when t.typcategory = 'A' and t.typsubscript = 'array_subscript_handler'::regproc then t.typelem else 0 end::text as element, t.typnotnull as "isRequired",
  (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels,
  (select json_agg(json_build_object('name', o.conname, 'expression', pg_get_expr(o.conbin, 0)) order by o.conname) from pg_constraint o where o.contypid = t.oid and o.contype = 'c') as checks,
  (select json_agg(json_build_object('type', a.atttypid::text, 'typeText', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
    from pg_attribute a where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as attributes,
  (select coalesce(r.rngsubtype, m.rngtypid)::text from (select 1) one left join pg_range r on r.rngtypid = t.oid left join pg_range m on m.rngmultitypid = t.oid) as subtype
from used u join pg_type t on t.oid = u.oid`;

/**
 * Reads the tables of some schemas and what their rows must be like.
 * @param schemas  null for all of them
 */
export async function readSeedCatalog(query: RunStatement, schemas: readonly string[] | null): Promise<SeedCatalog> {
  const tables = await query<CatalogTable>(TABLES, [schemas]);
  const types = await query<CatalogType & { readonly oid: string }>(TYPES);
  return {
    tables: tables.map((table) => ({ ...table, references: distinct(table) })),
    types: new Map(types.map((type) => [type.oid, type])),
  };
}

/** Several parts may have the same reference. Nobody foresees into which part of a hash a row goes, so that all rows follow those of each. */
function distinct({ references, parts }: CatalogTable): readonly CatalogReference[] {
  const isForeseen = !parts.some((part) => part.includes('satisfies_hash_partition'));
  const alike = Map.groupBy(references, ({ columns, target, targetColumns }) => JSON.stringify([columns, target, targetColumns]));
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const places = [first, ...others].map((reference) => reference.parts ?? []);
    const isOfAll = !isForeseen || [first, ...others].some((reference) => reference.parts === null);
    return [{ ...first, parts: isOfAll ? null : places.flat() }];
  });
}
