import { type Column, fillRows, isFilledLater } from './columns.ts';
import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type AlterContext, defineKind, type SchemaObject, type Statement } from './kind.ts';
import { requireFilled } from './notNull.ts';

/** A column's default; apart from the column because it may need a function or a sequence that in turn needs the table. */
export interface Default extends SchemaObject {
  readonly kind: 'default';
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly expression: string;
}

interface DefaultRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly expression: string;
}

const alter = (object: Default): string => `ALTER TABLE ONLY ${qualify(object.schema, object.table)} ALTER COLUMN ${quote(object.column)}`;
const set = (object: Default): string => `${alter(object)} SET DEFAULT ${object.expression}`;

/** A new column that had to wait for its default gets its values now. */
function fillNewColumn(object: Default, context: AlterContext): readonly (string | Statement)[] {
  const column = context.after(idOf('column', object.schema, object.table, object.column)) as Column | undefined;
  return column !== undefined && isFilledLater(column, { ...context, inlined: [] })
    ? [fillRows(column, 'DEFAULT'), ...requireFilled(column)]
    : [];
}

export const defaults = defineKind<Default>({
  name: 'default',
  order: 75,
  query: (within) => `
    select d.oid::text, c.oid::text as relation, c.relkind as relation_kind, n.nspname as schema, c.relname as "table", a.attname as "column", pg_get_expr(d.adbin, d.adrelid) as expression
    from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where a.attgenerated = '' and c.relkind in ('r', 'p', 'f', 'v') and c.relpersistence <> 't' and ${within.roots('d.adrelid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly DefaultRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: {
          kind: 'default',
          id: idOf('default', row.schema, row.table, row.column),
          name: nameOf(row.schema, row.table, row.column),
          owner: row.relation_kind === 'v' ? idOf('view', row.schema, row.table) : idOf('column', row.schema, row.table, row.column),
          schema: row.schema,
          table: row.table,
          column: row.column,
          expression: settled(row.expression),
        },
        addresses: [`pg_attrdef/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `COLUMN ${qualify(object.schema, object.table)}.${quote(object.column)}`,
  create: (object, context) => [set(object), ...fillNewColumn(object, context)],
  drop: (object) => [`${alter(object)} DROP DEFAULT`],
  alter: (_, after) => ({ statements: [set(after)] }),
  inline: (object) => (object.owner?.startsWith('column:') ? `DEFAULT ${object.expression}` : undefined),
});
