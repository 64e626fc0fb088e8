import { idOf, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** An extension. Its version is the server's business: only declared versions would count, and none is. */
export interface Extension extends SchemaObject {
  readonly kind: 'extension';
  readonly extension: string;
  /** Null where the extension makes its schema itself. */
  readonly schema: string | null;
  readonly relocatable: boolean;
}

interface ExtensionRow {
  readonly oid: string;
  readonly extension: string;
  readonly schema: string;
  readonly relocatable: boolean;
  readonly owns_schema: boolean;
}

const createExtension = (extension: Extension): string =>
  `CREATE EXTENSION ${quote(extension.extension)}${extension.schema === null ? '' : ` SCHEMA ${quote(extension.schema)}`}`;

export const extensions = defineKind<Extension>({
  name: 'extension',
  order: 12,
  query: `
    select e.oid::text, e.extname as extension, n.nspname as schema, e.extrelocatable as relocatable,
      exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass and d.objid = e.extnamespace and d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid and d.deptype = 'e') as owns_schema
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname <> 'plpgsql'`,
  *introspect(_, rows: readonly ExtensionRow[]) {
    for (const row of rows) {
      yield {
        object: {
          kind: 'extension',
          id: idOf('extension', row.extension),
          name: row.extension,
          extension: row.extension,
          schema: row.owns_schema ? null : row.schema,
          relocatable: row.relocatable,
        },
        addresses: [`pg_extension/${row.oid}/0`],
      };
    }
  },
  reference: (extension) => `EXTENSION ${quote(extension.extension)}`,
  create: (extension) => [createExtension(extension)],
  drop: (extension) => [`DROP EXTENSION ${quote(extension.extension)}`],
  alter: (before, after) =>
    after.schema === null || before.schema === null || !before.relocatable
      ? REPLACE
      : { statements: [`ALTER EXTENSION ${quote(after.extension)} SET SCHEMA ${quote(after.schema)}`] },
});
