import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { changeOptions } from './options.ts';

/** An index that no constraint owns, on a table, a partition or a materialized view. */
export interface Index extends SchemaObject {
  readonly kind: 'index';
  readonly schema: string;
  readonly table: string;
  readonly index: string;
  /** What pg_get_indexdef prints, without its storage parameters. */
  readonly definition: string;
  readonly options: readonly string[];
  readonly clustered: boolean;
  /** Statistics targets of expression columns: `[column number, target]`. */
  readonly statistics: readonly (readonly [number, number])[];
}

interface IndexRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly table: string;
  readonly index: string;
  readonly definition: string;
  readonly options: readonly string[] | null;
  readonly clustered: boolean;
  readonly statistics: readonly (readonly [number, number])[] | null;
  readonly parent_schema: string | null;
  readonly parent: string | null;
}

const nameOfIndex = (index: Index): string => qualify(index.schema, index.index);
const cluster = (index: Index): string => `ALTER TABLE ${qualify(index.schema, index.table)} CLUSTER ON ${quote(index.index)}`;

const statistics = (before: Index['statistics'], after: Index): string[] => {
  const numbers = new Map(before.map(([column]) => [column, -1]));
  for (const [column, target] of after.statistics) numbers.set(column, target);
  return [...numbers].map(([column, target]) => `ALTER INDEX ${nameOfIndex(after)} ALTER COLUMN ${column} SET STATISTICS ${target}`);
};

/** Storage parameters stand before WHERE in CREATE INDEX, so the text is put together as pg_get_indexdef does. */
function createIndex(index: Index): string {
  if (index.options.length === 0) return index.definition;
  const list = index.options.map((option) => option.replace(/^([^=]*)=(.*)$/, "$1='$2'")).join(', ');
  const where = whereOffset(index.definition);
  return `${index.definition.slice(0, where)} WITH (${list})${index.definition.slice(where)}`;
}

/** Where the predicate begins: the first ` WHERE ` outside parentheses and quotes, or the end. */
function whereOffset(definition: string): number {
  let depth = 0;
  let quoted = '';
  for (let i = 0; i < definition.length; i++) {
    const char = definition[i] ?? '';
    if (quoted !== '') quoted = char === quoted ? '' : quoted;
    else if (char === '"' || char === "'") quoted = char;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (depth === 0 && definition.startsWith(' WHERE ', i)) return i;
  }
  return definition.length;
}

/** pg_get_indexdef prints the parameters in the order of the catalog; they are compared sorted, apart from the text. */
const withoutOptions = (definition: string): string => {
  const where = whereOffset(definition);
  return definition.slice(0, where).replace(/ WITH \([^()]*\)$/, '') + definition.slice(where);
};

export const indexes = defineKind<Index>({
  name: 'index',
  order: 90,
  query: (within) => `
    select i.indexrelid::text as oid, i.indrelid::text as relation, c.relkind as relation_kind, n.nspname as schema, c.relname as "table", x.relname as index,
      pg_get_indexdef(i.indexrelid) as definition, x.reloptions as options, i.indisclustered as clustered,
      (select json_agg(json_build_array(a.attnum, a.attstattarget) order by a.attnum) from pg_attribute a where a.attrelid = i.indexrelid and a.attstattarget >= 0) as statistics,
      pn.nspname as parent_schema, p.relname as parent
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = x.relnamespace
      left join pg_inherits h on h.inhrelid = i.indexrelid left join pg_class p on p.oid = h.inhparent left join pg_namespace pn on pn.oid = p.relnamespace
    where c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't' and ${within.roots('i.indrelid', 'c.relnamespace')}
      and not exists (select from pg_constraint o where o.conrelid = i.indrelid and o.conindid = i.indexrelid and o.contype in ('p', 'u', 'x'))`,
  *introspect(catalog, rows: readonly IndexRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: {
          kind: 'index',
          id: idOf('index', row.schema, row.index),
          name: nameOf(row.schema, row.index),
          owner: idOf(row.relation_kind === 'm' ? 'materialized view' : 'table', row.schema, row.table),
          schema: row.schema,
          table: row.table,
          index: row.index,
          definition: settled(withoutOptions(row.definition)),
          options: [...(row.options ?? [])].sort(),
          clustered: row.clustered,
          statistics: row.statistics ?? [],
        },
        addresses: [`pg_class/${row.oid}/0`],
        droppedWith: row.parent_schema === null || row.parent === null ? undefined : idOf('index', row.parent_schema, row.parent),
      };
    }
  },
  reference: (index) => `INDEX ${nameOfIndex(index)}`,
  create: (index) => [createIndex(index), ...statistics([], index), ...(index.clustered ? [cluster(index)] : [])],
  drop: (index) => [`DROP INDEX ${nameOfIndex(index)}`],
  alter: (before, after) => {
    if (before.definition !== after.definition) return REPLACE;
    return {
      statements: [
        ...changeOptions(`ALTER INDEX ${nameOfIndex(after)}`, before.options, after.options),
        ...statistics(before.statistics, after).filter((statement) => !statistics([], before).includes(statement)),
        ...(before.clustered === after.clustered
          ? []
          : [after.clustered ? cluster(after) : `ALTER TABLE ${qualify(after.schema, after.table)} SET WITHOUT CLUSTER`]),
      ],
    };
  },
  rename: (before, after) => [`ALTER INDEX ${nameOfIndex(before)} RENAME TO ${quote(after.index)}`],
  claims: (index) => [`relation ${index.name}`],
  holds: (index) => (index.clustered ? [`cluster ${nameOf(index.schema, index.table)}`] : []),
});
