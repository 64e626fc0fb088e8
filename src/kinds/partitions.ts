import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** That a table is a partition of another: attached as a step of its own, so that the partition keeps the names of its keys and indexes. */
export interface Partition extends SchemaObject {
  readonly kind: 'partition';
  readonly schema: string;
  readonly table: string;
  /** Qualified and quoted. */
  readonly parent: string;
  /** `FOR VALUES …` or `DEFAULT`. */
  readonly bound: string;
}

interface PartitionRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly relation_kind: string;
  readonly parent_schema: string;
  readonly parent_table: string;
  readonly bound: string;
  readonly condition: string | null;
  readonly keys: readonly string[] | null;
}

const attach = (object: Partition): string =>
  `ALTER TABLE ONLY ${object.parent} ATTACH PARTITION ${qualify(object.schema, object.table)} ${object.bound}`;
const detach = (object: Partition): string => `ALTER TABLE ${object.parent} DETACH PARTITION ${qualify(object.schema, object.table)}`;
const dropKey = (object: Partition, key: string): string =>
  `ALTER TABLE ${qualify(object.schema, object.table)} DROP CONSTRAINT IF EXISTS ${quote(key)}`;

/** That of a hash partition, and of what lies below one, names a table by its number. */
const portable = (condition: string | null): string | undefined =>
  condition === null || condition.includes('satisfies_hash_partition(') ? undefined : condition;

export const partitions = defineKind<Partition>({
  name: 'partition',
  order: 78,
  rarely: 'c.relispartition',
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as "table", c.relkind as relation_kind, pn.nspname as parent_schema, p.relname as parent_table, pg_get_expr(c.relpartbound, c.oid) as bound, pg_get_partition_constraintdef(c.oid) as condition,
      (select json_agg(o.conname order by o.conname) from pg_constraint o where o.conrelid = c.oid and o.contype = 'f' and o.conparentid <> 0) as keys
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
      join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
    where c.relispartition and c.relkind in ('r', 'p', 'f') and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly PartitionRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.oid)) continue;
      yield {
        object: {
          kind: 'partition',
          id: idOf('partition', row.schema, row.table),
          name: nameOf(row.schema, row.table),
          owner: idOf(row.relation_kind === 'f' ? 'foreign table' : 'table', row.schema, row.table),
          schema: row.schema,
          table: row.table,
          parent: qualify(row.parent_schema, row.parent_table),
          bound: row.bound,
        },
        addresses: [],
        // Foreign keys that it has with its whole; what they are called follows from how they came to it.
        leaves: row.keys ?? [],
        condition: portable(row.condition),
        needs: [idOf('table', row.parent_schema, row.parent_table)],
      };
    }
  },
  reference: (object) => `TABLE ${qualify(object.schema, object.table)}`,
  create: (object) => [attach(object)],
  drop: (object, { leaves = [] } = {}) => [detach(object), ...leaves.map((key) => dropKey(object, key))],
  alter: () => REPLACE,
});
