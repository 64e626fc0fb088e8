import { idOf, literal, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { FIRING } from './relationKind.ts';

/** A trigger on DDL. */
export interface EventTrigger extends SchemaObject {
  readonly kind: 'event trigger';
  readonly eventTrigger: string;
  readonly event: string;
  readonly tags: readonly string[];
  /** Qualified. */
  readonly routine: string;
  /** O (usual), D (disabled), R (replica) or A (always). */
  readonly enabled: string;
}

interface EventTriggerRow {
  readonly oid: string;
  readonly event_trigger: string;
  readonly event: string;
  readonly tags: readonly string[] | null;
  readonly routine: string;
  readonly enabled: string;
}

const createTrigger = (trigger: EventTrigger): string => {
  const tags = trigger.tags.length > 0 ? ` WHEN TAG IN (${trigger.tags.map(literal).join(', ')})` : '';
  return `CREATE EVENT TRIGGER ${quote(trigger.eventTrigger)} ON ${trigger.event}${tags} EXECUTE FUNCTION ${trigger.routine}()`;
};

const enable = (before: string, trigger: EventTrigger): string[] =>
  before === trigger.enabled ? [] : [`ALTER EVENT TRIGGER ${quote(trigger.eventTrigger)} ${FIRING[trigger.enabled]}`];

export const eventTriggers = defineKind<EventTrigger>({
  name: 'event trigger',
  // Last, so that it does not fire for the rest of the plan.
  order: 220,
  query: `
    select e.oid::text, e.evtname as event_trigger, e.evtevent as event, to_json(e.evttags) as tags, e.evtfoid::regproc::text as routine, e.evtenabled as enabled
    from pg_event_trigger e`,
  *introspect(catalog, rows: readonly EventTriggerRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_event_trigger', row.oid)) continue;
      yield {
        object: {
          kind: 'event trigger',
          id: idOf('event trigger', row.event_trigger),
          name: row.event_trigger,
          eventTrigger: row.event_trigger,
          event: row.event,
          tags: [...(row.tags ?? [])].sort(),
          routine: row.routine,
          enabled: row.enabled,
        },
        addresses: [`pg_event_trigger/${row.oid}/0`],
      };
    }
  },
  reference: (trigger) => `EVENT TRIGGER ${quote(trigger.eventTrigger)}`,
  create: (trigger) => [createTrigger(trigger), ...enable('O', trigger)],
  drop: (trigger) => [`DROP EVENT TRIGGER ${quote(trigger.eventTrigger)}`],
  alter: (before, after) => (createTrigger(before) === createTrigger(after) ? { statements: enable(before.enabled, after) } : REPLACE),
  rename: (before, after) => [`ALTER EVENT TRIGGER ${quote(before.eventTrigger)} RENAME TO ${quote(after.eventTrigger)}`],
});
