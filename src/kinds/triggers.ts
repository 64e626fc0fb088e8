import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { FIRING, relationId } from './relationKind.ts';

/** A trigger of a table, a view or a foreign table, constraint triggers included. */
export interface Trigger extends SchemaObject {
  readonly kind: 'trigger';
  readonly schema: string;
  readonly table: string;
  readonly trigger: string;
  /** What pg_get_triggerdef prints. */
  readonly definition: string;
  readonly constraint: boolean;
  /** O (usual), D (disabled), R (replica) or A (always). */
  readonly enabled: string;
}

interface TriggerRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly table: string;
  readonly trigger: string;
  readonly definition: string;
  readonly constraint_oid: string;
  readonly enabled: string;
}

const tableOf = (trigger: Trigger): string => qualify(trigger.schema, trigger.table);

const enable = (before: string, trigger: Trigger): string[] =>
  before === trigger.enabled ? [] : [`ALTER TABLE ${tableOf(trigger)} ${FIRING[trigger.enabled]} TRIGGER ${quote(trigger.trigger)}`];

/** Reaches partitions on which it fires otherwise. */
const reachesPartitions = ({ kind }: SchemaObject): boolean => kind === 'partition trigger';

/** Replacing switches a trigger on again; constraint triggers cannot be replaced. */
function alterTrigger(before: Trigger, after: Trigger): Alteration | typeof REPLACE {
  if (before.definition === after.definition) return { statements: enable(before.enabled, after) };
  if (before.constraint || after.constraint) return REPLACE;
  const replace = after.definition.replace(/^CREATE /, 'CREATE OR REPLACE ');
  return { statements: [replace, ...enable('O', after)], rebuild: reachesPartitions };
}

export const triggers = defineKind<Trigger>({
  name: 'trigger',
  order: 130,
  rarely: 'exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)',
  query: (within) => `
    select t.oid::text, t.tgrelid::text as relation, c.relkind as relation_kind, n.nspname as schema, c.relname as "table", t.tgname as "trigger",
      pg_get_triggerdef(t.oid) as definition, t.tgconstraint::text as constraint_oid, t.tgenabled as enabled
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and t.tgparentid = 0 and c.relpersistence <> 't' and ${within.roots('t.tgrelid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly TriggerRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation) || catalog.inExtension('pg_trigger', row.oid)) continue;
      const constraint = row.constraint_oid !== '0';
      yield {
        object: {
          kind: 'trigger',
          id: idOf('trigger', row.schema, row.table, row.trigger),
          name: nameOf(row.schema, row.table, row.trigger),
          owner: relationId(row.relation_kind, row.schema, row.table),
          schema: row.schema,
          table: row.table,
          trigger: row.trigger,
          definition: settled(row.definition),
          constraint,
          enabled: row.enabled,
        },
        addresses: [`pg_trigger/${row.oid}/0`, ...(constraint ? [`pg_constraint/${row.constraint_oid}/0`] : [])],
      };
    }
  },
  reference: (trigger) => `TRIGGER ${quote(trigger.trigger)} ON ${tableOf(trigger)}`,
  create: (trigger) => [trigger.definition, ...enable('O', trigger)],
  drop: (trigger) => [`DROP TRIGGER ${quote(trigger.trigger)} ON ${tableOf(trigger)}`],
  alter: alterTrigger,
  rename: (before, after) => [`ALTER TRIGGER ${quote(before.trigger)} ON ${tableOf(before)} RENAME TO ${quote(after.trigger)}`],
});
