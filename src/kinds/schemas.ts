import { idOf, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** A schema (namespace). */
export interface Schema extends SchemaObject {
  readonly kind: 'schema';
  readonly schema: string;
}

export const schemas = defineKind<Schema>({
  name: 'schema',
  order: 10,
  *introspect(catalog) {
    for (const row of catalog.rows.namespaces) {
      const schema = catalog.userSchema(row._id);
      if (schema === undefined || catalog.inExtension('pg_namespace', row._id)) continue;
      yield {
        object: { kind: 'schema', id: idOf('schema', schema), name: schema, schema },
        addresses: [`pg_namespace/${row._id}/0`],
      };
    }
  },
  reference: (schema) => `SCHEMA ${quote(schema.schema)}`,
  create: (schema) => [`CREATE SCHEMA ${quote(schema.schema)}`],
  drop: (schema) => [`DROP SCHEMA ${quote(schema.schema)}`],
  alter: () => ({ statements: [] }),
  rename: (before, after) => [`ALTER SCHEMA ${quote(before.schema)} RENAME TO ${quote(after.schema)}`],
});
