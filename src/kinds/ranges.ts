import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A range type together with its multirange type. */
export interface Range extends SchemaObject {
  readonly kind: 'range';
  readonly schema: string;
  readonly type: string;
  /** What stands in the parentheses of CREATE TYPE: `SUBTYPE = date`, in the order of its manual page. */
  readonly options: readonly string[];
}

interface RangeRow {
  readonly oid: string;
  readonly array: string;
  readonly schema: string;
  readonly type: string;
  readonly options: readonly (string | null)[];
}

const nameOfRange = (range: Range): string => qualify(range.schema, range.type);

export const ranges = defineKind<Range>({
  name: 'range',
  order: 28,
  // The multirange's usual name is the range's own with "range" made "multirange", or else with "_multirange" behind it.
  query: (within) => `
    select t.oid::text, t.typarray::text as "array", n.nspname as schema, t.typname as type, json_build_array(
      'SUBTYPE = ' || format_type(r.rngsubtype, null),
      case when not o.opcdefault then 'SUBTYPE_OPCLASS = ' || quote_ident(opn.nspname) || '.' || quote_ident(o.opcname) end,
      case when r.rngcollation <> s.typcollation then 'COLLATION = ' || r.rngcollation::regcollation end,
      case when r.rngcanonical <> 0 then 'CANONICAL = ' || r.rngcanonical::regproc end,
      case when r.rngsubdiff <> 0 then 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc end,
      case when m.typnamespace <> t.typnamespace or m.typname <> case when t.typname ~ 'range' then regexp_replace(t.typname, 'range', 'multirange') else t.typname || '_multirange' end
        then 'MULTIRANGE_TYPE_NAME = ' || quote_ident(mn.nspname) || '.' || quote_ident(m.typname) end) as options
    from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace join pg_type s on s.oid = r.rngsubtype
      join pg_opclass o on o.oid = r.rngsubopc join pg_namespace opn on opn.oid = o.opcnamespace
      join pg_type m on m.oid = r.rngmultitypid join pg_namespace mn on mn.oid = m.typnamespace
    where ${within.roots('t.oid', 't.typnamespace')}`,
  *introspect(catalog, rows: readonly RangeRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_type', row.oid)) continue;
      yield {
        object: {
          kind: 'range',
          id: idOf('range', row.schema, row.type),
          name: nameOf(row.schema, row.type),
          schema: row.schema,
          type: row.type,
          options: row.options.filter((option) => option !== null),
        },
        addresses: [`pg_type/${row.oid}/0`, `pg_type/${row.array}/0`],
      };
    }
  },
  reference: (range) => `TYPE ${nameOfRange(range)}`,
  create: (range) => [`CREATE TYPE ${nameOfRange(range)} AS RANGE (${range.options.join(', ')})`],
  drop: (range) => [`DROP TYPE ${nameOfRange(range)}`],
  // Not a swap: the constructor functions and the multirange keep their names when the type is renamed away.
  alter: () => REPLACE,
  rename: (before, after) => renameAs('TYPE', { schema: before.schema, name: before.type }, { schema: after.schema, name: after.type }),
  claims: (range) => [`type ${range.name}`],
});
