import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';

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

const MULTIRANGE = /^MULTIRANGE_TYPE_NAME = /;
const LAST_PART = /(?:"(?:[^"]|"")*"|[^."]+)$/;

/** The name that PostgreSQL chooses for the multirange of a range. */
const usualMultirange = (name: string): string => (name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`);

/** Qualified and quoted. */
const multirangeOf = ({ schema, type, options }: Range): string =>
  options.find((option) => MULTIRANGE.test(option))?.replace(MULTIRANGE, '') ?? qualify(schema, usualMultirange(type));

const lastPart = (name: string): string => LAST_PART.exec(name)?.[0] ?? name;
/** Where it lies, without quotes. */
const placeOf = (name: string): string => name.slice(0, -lastPart(name).length).replaceAll('"', '');
const subtypeOf = ({ options }: Range): string => options[0]?.replace(/^SUBTYPE = /, '') ?? '';

/** A type has functions that make its values, which do not follow when it is renamed. */
function renameWithConstructors(from: string, to: string, signatures: readonly string[]): string[] {
  return [`ALTER TYPE ${from} RENAME TO ${to}`, ...signatures.map((types) => `ALTER FUNCTION ${from}(${types}) RENAME TO ${to}`)];
}

function renameRange(before: Range, after: Range): string[] {
  const subtype = subtypeOf(before);
  return renameWithConstructors(nameOfRange(before), quote(after.type), [`${subtype}, ${subtype}`, `${subtype}, ${subtype}, text`]);
}

/** Only the multirange can get another name in place. Nothing is swapped: the constructors would be in the way of their successors. */
function alterRange(before: Range, after: Range): Alteration | typeof REPLACE {
  const [was, is] = [multirangeOf(before), multirangeOf(after)];
  const others = ({ options }: Range): string => options.filter((option) => !MULTIRANGE.test(option)).join();
  if (others(before) !== others(after) || placeOf(was) !== placeOf(is)) return REPLACE;
  const range = nameOfRange(after);
  return { statements: renameWithConstructors(was, lastPart(is), ['', range, `${range}[]`]) };
}

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
  alter: alterRange,
  rename: renameRange,
  claims: (range) => [`type ${range.name}`],
});
