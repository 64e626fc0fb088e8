import type { ObjectId } from '../kinds/kind.ts';
import { inheritorsIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { sameValue } from '../kinds/sameValue.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Table } from '../kinds/tables.ts';
import { type Action, partitionOf } from './plan.ts';

interface Change {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

/**
 * Leaves out what comes by itself: a change of a parent's column or check reaches partitions and child tables that are attached before
 * and after, and a child table made with INHERITS brings its parents' columns.
 */
export function withoutInherited(actions: ReadonlyMap<ObjectId, Action>, change: Change): ReadonlyMap<ObjectId, Action> {
  const kept = [...actions].filter(([id, action]) => !comesByItself(id, action, { actions, change }));
  return new Map(
    [
      ...kept.map(([id, action]) => [id, beyondParent(id, action, { actions, change })] as const),
      ...[...actions.keys()].flatMap((id) => otherThanParent(id, { actions, change })),
    ].filter(([, action]) => !isNothing(action)),
  );
}

/**
 * What is left to alter in partitions and child tables when their parent's object was made, or made anew, and came to them as it is there:
 * a check that is not validated in the parent, but is in a partition.
 */
function otherThanParent(parent: ObjectId, inheritance: Inheritance): readonly (readonly [ObjectId, Action])[] {
  const { actions, change } = inheritance;
  const action = actions.get(parent);
  if (action?.type !== 'create' && action?.type !== 'replace') return [];
  const { asInherited } = kindOf(action.after);
  if (asInherited === undefined) return [];
  return heirs(parent, change.to).flatMap((id): readonly (readonly [ObjectId, Action])[] => {
    const after = change.to.objects.get(id);
    if (after === undefined || !isMadeAlong(id, action, inheritance)) return [];
    return [[id, { type: 'alter', before: asInherited(after, action.after), after, recast: false }]];
  });
}

/** Partitions and child tables repeat an object on every level. */
const heirs = (id: ObjectId, snapshot: SchemaSnapshot): readonly ObjectId[] =>
  inheritorsIn(snapshot)(id).flatMap((heir) => [heir, ...heirs(heir, snapshot)]);

/** Does the object come with that of its parent, or of a parent's parent? */
function isMadeAlong(id: ObjectId, parent: Action, inheritance: Inheritance): boolean {
  const own = inheritance.actions.get(id);
  if (own !== undefined && own.type !== 'alter') return comesByItself(id, own, inheritance);
  return parent.type === 'replace' && isAttachedThroughout(id, inheritance.change);
}

interface Inheritance {
  readonly actions: ReadonlyMap<ObjectId, Action>;
  readonly change: Change;
}

/** An alteration without what the same alteration of the parent brings: it starts from where that leaves the child. */
function beyondParent(id: ObjectId, action: Action, { actions, change }: Inheritance): Action {
  const parent = parentAction(id, { actions, change });
  if (action.type !== 'alter' || parent?.type !== 'alter') return action;
  const kept = kindOf(action.after).ofOneTable ?? [];
  const changed = Object.entries(parent.after).filter(
    ([field, value]) => !kept.includes(field) && !sameValue(value, Reflect.get(parent.before, field)),
  );
  return { ...action, recast: false, before: { ...action.before, ...Object.fromEntries(changed) } };
}

const isNothing = (action: Action): boolean => action.type === 'alter' && !action.recast && sameValue(action.before, action.after);

/** What happens to the parent's object, for a table that is attached to it before and after. */
function parentAction(id: ObjectId, { actions, change }: Inheritance): Action | undefined {
  const parent = change.to.notes.get(id)?.inheritedFrom ?? change.from.notes.get(id)?.inheritedFrom;
  return parent !== undefined && isAttachedThroughout(id, change) && !isDetachedMeanwhile(id, actions, change)
    ? actions.get(parent)
    : undefined;
}

/** Is the object's table a partition that is attached anew? Meanwhile nothing comes from the parent. */
function isDetachedMeanwhile(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Change): boolean {
  const owner = (from.objects.get(id) ?? to.objects.get(id))?.owner;
  return owner !== undefined && actions.get(partitionOf(owner))?.type === 'replace';
}

/** Does the object's table belong to the same parent before and after? */
function isAttachedThroughout(id: ObjectId, { from, to }: Change): boolean {
  return isAttached(id, from, to) && isAttached(id, to, from);
}

function comesByItself(id: ObjectId, action: Action, inheritance: Inheritance): boolean {
  const { actions, change } = inheritance;
  const owner = (change.to.objects.get(id) ?? change.from.objects.get(id))?.owner;
  const ownerAction = owner === undefined ? undefined : actions.get(owner);
  const ownerIsMade = ownerAction?.type === 'create' || ownerAction?.type === 'replace';
  if ((action.type === 'create' || action.type === 'replace') && ownerIsMade) return change.to.notes.get(id)?.implied ?? false;
  if (ownerIsMade || action.type === 'alter') return false;
  if (id.startsWith('column:') && isOfType(owner, change)) return true;
  const parent = parentAction(id, inheritance);
  // What is made anew in the parent may be passed on in only one of its two forms.
  return parent?.type === action.type || parent?.type === 'replace';
}

/** What a table OF a type is made of comes and goes with the type's attributes. */
function isOfType(table: ObjectId | undefined, { from, to }: Change): boolean {
  const [before, after] = [from, to].map((snapshot) =>
    table === undefined ? undefined : (snapshot.objects.get(table) as Table | undefined),
  );
  return before?.kind === 'table' && after?.kind === 'table' && before.ofType !== null && before.ofType === after.ofType;
}

/** Is the object's table, in that snapshot, a partition or a child of the table whose object it repeats there, or in the other snapshot? */
export function isAttached(id: ObjectId, snapshot: SchemaSnapshot, other: SchemaSnapshot): boolean {
  const parent = snapshot.notes.get(id)?.inheritedFrom ?? other.notes.get(id)?.inheritedFrom;
  const [whole, part] = [parent, id].map((object) => object && (snapshot.objects.get(object) ?? other.objects.get(object))?.owner);
  if (whole === undefined || part === undefined || !snapshot.objects.has(part)) return false;
  return [part, partitionOf(part)].some((table) => needsOf(snapshot, table).has(whole));
}

/** Is the object there before and after, of a table that joins the parent whose object it repeats, or a type? */
export const joinsParent = (id: ObjectId, from: SchemaSnapshot, to: SchemaSnapshot): boolean =>
  from.objects.has(id) &&
  (isOfOtherType(id, from, to) || (to.notes.get(id)?.inheritedFrom !== undefined && isAttached(id, to, from) && !isAttached(id, from, to)));

/** Is it a column of a table that is OF a type in the second of the snapshots, but not in the first? */
function isOfOtherType(id: ObjectId, without: SchemaSnapshot, having: SchemaSnapshot): boolean {
  const owner = having.objects.get(id)?.owner;
  if (owner === undefined || !id.startsWith('column:')) return false;
  const [before, after] = [without, having].map((snapshot) => snapshot.objects.get(owner) as Table | undefined);
  return before?.kind === 'table' && after?.kind === 'table' && after.ofType !== null && before.ofType !== after.ofType;
}

/**
 * Does a table lack, in the first of the snapshots, what it repeats of a parent, or has of a type, only in the other one? Such a column or check
 * must be there before the table joins them, and can go only once it has left.
 */
export function comesWithParent(id: ObjectId, without: SchemaSnapshot, having: SchemaSnapshot): boolean {
  const owner = having.objects.get(id)?.owner;
  if (owner === undefined || without.objects.has(id)) return false;
  if (isOfOtherType(id, without, having)) return true;
  if (having.notes.get(id)?.inheritedFrom === undefined) return false;
  return without.objects.has(owner) && !having.objects.has(partitionOf(owner)) && !isAttached(id, without, having);
}
