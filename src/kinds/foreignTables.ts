import { changeForeignOptions, type ForeignOptions, foreignOptions } from './foreignOptions.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A table whose rows are kept by a foreign server. Its columns and checks are kinds of their own. */
export interface ForeignTable extends SchemaObject {
  readonly kind: 'foreign table';
  readonly schema: string;
  readonly table: string;
  readonly server: string;
  readonly options: ForeignOptions;
}

interface ForeignTableRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly server: string;
  readonly options: readonly string[] | null;
}

const nameOfTable = (table: ForeignTable): string => qualify(table.schema, table.table);

function createTable(table: ForeignTable, inlined: readonly string[] = []): string {
  const lines = inlined.length === 0 ? '()' : `(\n  ${inlined.join(',\n  ')}\n)`;
  return `CREATE FOREIGN TABLE ${nameOfTable(table)} ${lines} SERVER ${quote(table.server)}${foreignOptions(table.options)}`;
}

export const foreignTables = defineKind<ForeignTable>({
  name: 'foreign table',
  order: 62,
  rarely: "c.relkind = 'f'",
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as "table", s.srvname as server, to_json(f.ftoptions) as options
    from pg_foreign_table f join pg_class c on c.oid = f.ftrelid join pg_namespace n on n.oid = c.relnamespace join pg_foreign_server s on s.oid = f.ftserver
    where ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly ForeignTableRow[]) {
    for (const { oid, options, ...row } of rows) {
      if (catalog.inExtension('pg_class', oid)) continue;
      yield {
        object: {
          kind: 'foreign table',
          id: idOf('foreign table', row.schema, row.table),
          name: nameOf(row.schema, row.table),
          ...row,
          options: [...(options ?? [])].sort(),
        },
        addresses: [`pg_class/${oid}/0`],
      };
    }
  },
  reference: (table) => `FOREIGN TABLE ${nameOfTable(table)}`,
  create: (table, context) => [createTable(table, context.inlined)],
  drop: (table) => [`DROP FOREIGN TABLE ${nameOfTable(table)}`],
  alter: (before, after) =>
    before.server === after.server
      ? { statements: [`ALTER FOREIGN TABLE ${nameOfTable(after)}${changeForeignOptions(before.options, after.options)}`] }
      : REPLACE,
  moves: true,
  rename: (before, after) =>
    renameAs('FOREIGN TABLE', { schema: before.schema, name: before.table }, { schema: after.schema, name: after.table }),
  claims: (table) => [`relation ${table.name}`, `type ${table.name}`],
});
