import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** That an index of a partition is part of an index of the partitioned table; both are made ONLY for themselves and joined last. */
export interface IndexAttachment extends SchemaObject {
  readonly kind: 'index attachment';
  readonly schema: string;
  readonly index: string;
  /** Qualified and quoted. */
  readonly parent: string;
}

interface IndexAttachmentRow {
  readonly oid: string;
  readonly relation: string;
  readonly schema: string;
  readonly index: string;
  readonly constraint: boolean;
  readonly table: string;
  readonly table_schema: string;
  readonly parent_oid: string;
  readonly parent_schema: string;
  readonly parent: string;
  readonly parent_table: string;
  readonly parent_table_schema: string;
}

export const indexAttachments = defineKind<IndexAttachment>({
  name: 'index attachment',
  order: 97,
  rarely: 'c.relispartition',
  query: (within) => `
    select x.oid::text, i.indrelid::text as relation, n.nspname as schema, x.relname as index, tn.nspname as table_schema, t.relname as "table",
      exists (select from pg_constraint o where o.conrelid = i.indrelid and o.conindid = x.oid and o.contype in ('p', 'u', 'x')) as "constraint",
      p.oid::text as parent_oid, pn.nspname as parent_schema, p.relname as parent, ptn.nspname as parent_table_schema, pt.relname as parent_table
    from pg_inherits h join pg_class x on x.oid = h.inhrelid join pg_namespace n on n.oid = x.relnamespace join pg_index i on i.indexrelid = x.oid
      join pg_class t on t.oid = i.indrelid join pg_namespace tn on tn.oid = t.relnamespace
      join pg_class p on p.oid = h.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      join pg_index pi on pi.indexrelid = p.oid join pg_class pt on pt.oid = pi.indrelid join pg_namespace ptn on ptn.oid = pt.relnamespace
    where x.relkind in ('i', 'I') and ${within.roots('i.indrelid', 'x.relnamespace')}`,
  *introspect(catalog, rows: readonly IndexAttachmentRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: {
          kind: 'index attachment',
          id: idOf('index attachment', row.schema, row.index),
          name: nameOf(row.schema, row.index),
          owner: row.constraint ? idOf('constraint', row.table_schema, row.table, row.index) : idOf('index', row.schema, row.index),
          schema: row.schema,
          index: row.index,
          parent: qualify(row.parent_schema, row.parent),
        },
        addresses: [],
        needs: [idOf('partition', row.table_schema, row.table)],
        droppedWith: row.constraint
          ? idOf('constraint', row.parent_table_schema, row.parent_table, row.parent)
          : idOf('index', row.parent_schema, row.parent),
        needsAddresses: [`pg_class/${row.parent_oid}/0`],
      };
    }
  },
  reference: (object) => `INDEX ${qualify(object.schema, object.index)}`,
  create: (object) => [`ALTER INDEX ${object.parent} ATTACH PARTITION ${qualify(object.schema, object.index)}`],
  // An attached index cannot be detached; it goes with its parent or with its table's detaching.
  drop: () => [],
  // For the same reason nothing but making it anew leads from one parent to another.
  alter: () => REPLACE,
});
