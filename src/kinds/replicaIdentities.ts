import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/** What a table writes to the log of an old row, where that is not its primary key. Apart from the table, since it can name an index. */
export interface ReplicaIdentity extends SchemaObject {
  readonly kind: 'replica identity';
  readonly schema: string;
  readonly table: string;
  /** `FULL`, `NOTHING` or `USING INDEX "name"`. */
  readonly identity: string;
}

interface ReplicaIdentityRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly identity: string;
  readonly index_oid: string | null;
  readonly index_name: string | null;
}

const alter = (object: ReplicaIdentity, identity: string): string =>
  `ALTER TABLE ONLY ${qualify(object.schema, object.table)} REPLICA IDENTITY ${identity}`;

export const replicaIdentities = defineKind<ReplicaIdentity>({
  name: 'replica identity',
  order: 115,
  rarely: "c.relkind in ('r', 'p') and c.relreplident <> 'd'",
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as "table", c.relreplident as identity, i.indexrelid::text as index_oid, x.relname as index_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_index i on i.indrelid = c.oid and i.indisreplident left join pg_class x on x.oid = i.indexrelid
    where c.relkind in ('r', 'p') and c.relreplident <> 'd' and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly ReplicaIdentityRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.oid) || (row.identity === 'i' && row.index_name === null)) continue;
      yield {
        object: {
          kind: 'replica identity',
          id: idOf('replica identity', row.schema, row.table),
          name: nameOf(row.schema, row.table),
          owner: idOf('table', row.schema, row.table),
          schema: row.schema,
          table: row.table,
          identity: row.index_name === null ? (row.identity === 'f' ? 'FULL' : 'NOTHING') : `USING INDEX ${quote(row.index_name)}`,
        },
        addresses: [],
        needsAddresses: row.index_oid === null ? [] : [`pg_class/${row.index_oid}/0`],
      };
    }
  },
  reference: (object) => `TABLE ${qualify(object.schema, object.table)}`,
  create: (object) => [alter(object, object.identity)],
  drop: (object) => [alter(object, 'DEFAULT')],
  alter: (_, after) => ({ statements: [alter(after, after.identity)] }),
});
