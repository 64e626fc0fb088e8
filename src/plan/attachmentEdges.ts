import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { partitionOf } from './plan.ts';
import { type Edges, isForeignKey, keyOf, type Step } from './step.ts';

/**
 * Attaching a partition makes an index for each one of its parent, unless there is one to adopt: so a parent's new index comes after the
 * attaching, and the partition's own come before it where the parent has its index already. Columns and checks must be there on both sides.
 */
export function attachmentEdges(steps: ReadonlyMap<string, Step>, to: SchemaSnapshot): Edges {
  const attaching = new Map<ObjectId | undefined, string>();
  for (const { type, object, key } of steps.values())
    if (type === 'create' && object.kind === 'partition') attaching.set(object.owner, key);
  const created = [...steps.values()].filter(({ type }) => type === 'create');
  const altered = [...steps.values()].filter(({ type }) => type === 'alter');
  return [
    ...altered.flatMap((step) => alteredBefore(step, { steps, to, attaching })),
    ...created.flatMap((step) => beforeAttaching(step, { steps, to, attaching })),
    ...created.flatMap((step) => validBeforeAttaching(step, { steps, to, attaching })),
    ...afterAttaching(created, { steps, to, attaching }),
  ];
}

/** What a partition repeats of its parent is changed on both sides while it is detached. */
function alteredBefore({ id, type, object }: Step, { steps, to, attaching }: Attaching): Edges {
  const [attach, parent] = [attaching.get(object.owner), to.notes.get(id)?.inheritedFrom];
  if (type !== 'alter' || attach === undefined || parent === undefined) return [];
  return [keyOf('alter', id), keyOf('alter', parent)].filter((key) => steps.has(key)).map((key) => [key, attach] as const);
}

/**
 * What a partition repeats of its parent is changed on both sides once it is detached: until then, a change would reach it from there, and an
 * index that is part of another cannot be dropped.
 */
export const detachmentEdges = (steps: ReadonlyMap<string, Step>, from: SchemaSnapshot): Edges =>
  [...steps.values()].flatMap(({ id, object: { owner } }): Edges => {
    const note = from.notes.get(id);
    const parent = note?.inheritedFrom ?? note?.droppedWith;
    if (parent === undefined || owner === undefined) return [];
    const detach = keyOf('drop', partitionOf(owner));
    const changes = [id, parent].flatMap((changed) => [keyOf('drop', changed), keyOf('alter', changed)]);
    return steps.has(detach) ? changes.filter((key) => steps.has(key)).map((key) => [detach, key] as const) : [];
  });

interface Attaching {
  readonly steps: ReadonlyMap<string, Step>;
  readonly to: SchemaSnapshot;
  /** The step that attaches a table, by the table's id. */
  readonly attaching: ReadonlyMap<ObjectId | undefined, string>;
}

function beforeAttaching({ id, key, object }: Step, { steps, to, attaching }: Attaching): Edges {
  const attach = attaching.get(object.owner);
  const note = to.notes.get(id);
  if (attach === undefined || note === undefined) return [];
  if (note.droppedWith !== undefined) return steps.has(keyOf('create', note.droppedWith)) ? [] : [[key, attach]];
  // An index of the same form that stays apart must not be there to be adopted in place of the right one.
  if (object.kind === 'index') return [[attach, key]];
  if (note.inheritedFrom === undefined) return [];
  return [key, keyOf('create', note.inheritedFrom)].filter((made) => steps.has(made)).map((made) => [made, attach] as const);
}

/**
 * An index of a partition that has partitions itself is valid, and only then adopted by its whole's, once all of theirs are part of it.
 */
function validBeforeAttaching({ key, id, object }: Step, { steps, to, attaching }: Attaching): Edges {
  if (object.kind !== 'index attachment') return [];
  return wholesOf(id, to).flatMap((index): Edges => {
    const attach = attaching.get(to.objects.get(index)?.owner);
    const whole = to.notes.get(index)?.droppedWith;
    return attach === undefined || whole === undefined || steps.has(keyOf('create', whole)) ? [] : [[key, attach]];
  });
}

/** The indexes that this one, or its attachment, is part of, nearest first. */
function wholesOf(id: ObjectId, to: SchemaSnapshot): readonly ObjectId[] {
  const whole = to.notes.get(id)?.droppedWith;
  return whole === undefined ? [] : [whole, ...wholesOf(whole, to)];
}

function afterAttaching(created: readonly Step[], { to, attaching }: Attaching): Edges {
  const partitions = Map.groupBy([...attaching], ([table]) => (table === undefined ? undefined : parentTable(table, to)));
  const attachments = Map.groupBy(
    created.filter(({ object }) => object.kind === 'index attachment'),
    ({ id }) => to.notes.get(id)?.droppedWith,
  );
  return created.flatMap((step): Edges => {
    if (isKeyOrIndex(step.object)) return (partitions.get(step.object.owner) ?? []).map(([, attach]) => [attach, step.key]);
    if (!isForeignKey(step.object)) return [];
    // A key of a partitioned table holds only when every partition has its part, and a foreign key needs one that holds.
    return [...needsOf(to, step.id)].flatMap((need) => (attachments.get(need) ?? []).map(({ key }) => [key, step.key] as const));
  });
}

const isKeyOrIndex = (object: SchemaObject): boolean =>
  object.kind === 'index' ||
  (object.kind === 'constraint' && !isForeignKey(object) && (object as { readonly type?: string }).type !== 'check');

/** The table that a partition belongs to. */
const parentTable = (table: ObjectId, to: SchemaSnapshot): ObjectId | undefined =>
  [...needsOf(to, partitionOf(table))].find((need) => need !== table && need.startsWith('table:'));
