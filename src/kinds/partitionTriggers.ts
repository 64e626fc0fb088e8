import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';
import { FIRING } from './relationKind.ts';

/**
 * That a trigger of a partitioned table fires otherwise on one of its partitions. A partition made below such a one
 * would fire as that does: below it, each is told of, also what fires as usual.
 */
export interface PartitionTrigger extends SchemaObject {
  readonly kind: 'partition trigger';
  readonly schema: string;
  readonly table: string;
  readonly trigger: string;
  /** O (usual), D (disabled), R (replica) or A (always). */
  readonly enabled: string;
  /** How it fires on the partitioned table. */
  readonly inherited: string;
}

interface PartitionTriggerRow {
  readonly relation: string;
  readonly schema: string;
  readonly table: string;
  readonly trigger: string;
  readonly enabled: string;
  readonly inherited: string;
  /** The trigger of the partitioned table. */
  readonly root: string;
}

const fire = (object: PartitionTrigger, enabled: string): string =>
  `ALTER TABLE ONLY ${qualify(object.schema, object.table)} ${FIRING[enabled]} TRIGGER ${quote(object.trigger)}`;

export const partitionTriggers = defineKind<PartitionTrigger>({
  name: 'partition trigger',
  order: 131,
  rarely: `exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgparentid <> 0 and not t.tgisinternal)`,
  query: (within) => `
    with recursive clone as (
      select oid, oid as root, tgenabled as inherited, tgenabled as enabled, false as otherwise from pg_trigger where tgparentid = 0 and not tgisinternal
      union all
      select t.oid, c.root, c.inherited, t.tgenabled, t.tgenabled <> c.inherited or c.enabled <> c.inherited from clone c join pg_trigger t on t.tgparentid = c.oid)
    select c.oid::text as relation, n.nspname as schema, c.relname as "table", t.tgname as "trigger", t.tgenabled as enabled, o.inherited, o.root::text as root
    from clone o join pg_trigger t on t.oid = o.oid join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where o.otherwise and c.relpersistence <> 't' and ${within.roots('t.tgrelid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly PartitionTriggerRow[]) {
    for (const { relation, root, schema, table, trigger, enabled, inherited } of rows) {
      if (catalog.inExtension('pg_class', relation)) continue;
      yield {
        object: {
          kind: 'partition trigger',
          id: idOf('partition trigger', schema, table, trigger),
          name: nameOf(schema, table, trigger),
          owner: idOf('partition', schema, table),
          schema,
          table,
          trigger,
          enabled,
          inherited,
        },
        addresses: [],
        needsAddresses: [`pg_trigger/${root}/0`],
      };
    }
  },
  reference: (object) => `TABLE ${qualify(object.schema, object.table)}`,
  create: (object) => [fire(object, object.enabled)],
  drop: (object) => [fire(object, object.inherited)],
  alter: (_before, after) => ({ statements: [fire(after, after.enabled)] }),
});
