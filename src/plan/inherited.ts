import type { Column } from '../kinds/columns.ts';
import type { Constraint } from '../kinds/constraints.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { inheritorsIn, ownedIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { sameValue } from '../kinds/sameValue.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Table } from '../kinds/tables.ts';
import { type Action, type PlanOptions, partitionOf, removes } from './plan.ts';

interface Change {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly options: Pick<PlanOptions, 'ownNotNull'>;
}

/**
 * Leaves out what comes by itself: a change of a parent's column or check reaches partitions and child tables that are attached before
 * and after, and a child table made with INHERITS brings its parents' columns.
 */
export function withoutInherited(actions: ReadonlyMap<ObjectId, Action>, change: Change): ReadonlyMap<ObjectId, Action> {
  const inheritance = { actions, change };
  const kept = [...actions].flatMap(([id, action]) => withoutParents(id, action, inheritance).map((own) => [id, own] as const));
  return new Map(
    [
      ...kept.map(([id, action]) => [id, sparingHeirs(id, beyondParent(id, action, inheritance), inheritance)] as const),
      ...[...actions.keys()].flatMap((id) => otherThanParent(id, inheritance)),
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
  const { asInherited, asImplied } = kindOf(action.after);
  if (asInherited === undefined) return [];
  // See `beyondImplied`.
  const isSettled = (id: ObjectId): boolean => asImplied !== undefined && isOwnerMade(id, inheritance);
  return heirs(parent, change.to).flatMap((id): readonly (readonly [ObjectId, Action])[] => {
    const after = change.to.objects.get(id);
    if (after === undefined || isSettled(id) || !isMadeAlong(id, action, inheritance)) return [];
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
  return parent.type === 'replace' && isAttachedThroughout(id, inheritance);
}

interface Inheritance {
  readonly actions: ReadonlyMap<ObjectId, Action>;
  readonly change: Change;
}

/** An alteration without what the same alteration of the parent brings: it starts from where that leaves the child. */
function beyondParent(id: ObjectId, action: Action, { actions, change }: Inheritance): Action {
  const parent = parentAction(id, { actions, change });
  if (action.type !== 'alter' || parent?.type !== 'alter') return action;
  const kept = [...(kindOf(action.after).ofOneTable ?? []), ...(change.options.ownNotNull?.has(id) ? ['notNull'] : [])];
  const changed = Object.entries(parent.after).filter(
    ([field, value]) => !kept.includes(field) && !sameValue(value, Reflect.get(parent.before, field)),
  );
  return { ...action, recast: false, before: { ...action.before, ...Object.fromEntries(changed) } };
}

const isNothing = (action: Action): boolean => action.type === 'alter' && !action.recast && sameValue(action.before, action.after);

/** What happens to the parent's object, for a table that is attached to it before and after. */
function parentAction(id: ObjectId, inheritance: Inheritance): Action | undefined {
  const { actions, change } = inheritance;
  const parent = change.to.notes.get(id)?.inheritedFrom ?? change.from.notes.get(id)?.inheritedFrom;
  return parent !== undefined && isAttachedThroughout(id, inheritance) ? actions.get(parent) : undefined;
}

/** Does the object's table belong to the same parent before, meanwhile and after? */
function isAttachedThroughout(id: ObjectId, { actions, change: { from, to } }: Inheritance): boolean {
  const table = (to.objects.get(id) ?? from.objects.get(id))?.owner;
  const leaves = table !== undefined && removes(actions.get(partitionOf(table)));
  return !leaves && isAttached(id, from, to) && isAttached(id, to, from);
}

/** What is left of an action when its parent's leads to a part of it: of a check that a child has as its own from now on, the making. */
function withoutParents(id: ObjectId, action: Action, inheritance: Inheritance): readonly Action[] {
  if (action.type !== 'replace' || isOwnerMade(id, inheritance) || isOfType(id, inheritance.change))
    return comesByItself(id, action, inheritance) ? beyondImplied(id, action, inheritance) : [action];
  const [goes, comes] = [goesByItself(id, inheritance), isBroughtByParent(id, inheritance)];
  if (goes) return comes ? [] : [{ type: 'create', after: action.after }];
  return [comes ? { type: 'drop', before: action.before } : action];
}

/** What is left to alter of an object that came with its owner's CREATE: the setting of a column that a child table inherits. */
function beyondImplied(id: ObjectId, action: Action, inheritance: Inheritance): readonly Action[] {
  if (action.type === 'drop' || !isOwnerMade(id, inheritance)) return [];
  const { asImplied } = kindOf(action.after);
  const parent = inheritance.change.to.objects.get(parentIn(inheritance.change.to, id) ?? id);
  const implied = asImplied?.(action.after, parent === action.after ? undefined : parent);
  if (implied === undefined) return [];
  // A primary key says NOT NULL by itself.
  const before = isInPrimaryKey(action.after, inheritance.change.to) ? { ...implied, notNull: true } : implied;
  return [{ type: 'alter', before, after: action.after, recast: false }];
}

/** Is it a column of its table's primary key of which nothing more is said than that? */
function isInPrimaryKey({ id, owner, ...column }: SchemaObject, to: SchemaSnapshot): boolean {
  const isKey = (part: ObjectId): boolean => (to.objects.get(part) as Partial<Constraint> | undefined)?.type === 'primary key';
  const keys = owner === undefined || !id.startsWith('column:') ? [] : ownedIn(to)(owner).filter(isKey);
  return (column as Partial<Column>).notNullAs === null && keys.some((key) => needsOf(to, key).has(id));
}

function comesByItself(id: ObjectId, action: Action, inheritance: Inheritance): boolean {
  if (action.type !== 'alter' && !isOwnerMade(id, inheritance) && isOfType(id, inheritance.change)) return true;
  if (action.type === 'drop') return !isOwnerMade(id, inheritance) && goesByItself(id, inheritance);
  if (action.type !== 'create' && action.type !== 'replace') return false;
  if (isOwnerMade(id, inheritance)) return inheritance.change.to.notes.get(id)?.implied ?? false;
  return isBroughtByParent(id, inheritance) && (action.type === 'create' || goesByItself(id, inheritance));
}

function isOwnerMade(id: ObjectId, { actions, change }: Inheritance): boolean {
  const owner = (change.to.objects.get(id) ?? change.from.objects.get(id))?.owner;
  const action = owner === undefined ? undefined : actions.get(owner);
  return action?.type === 'create' || action?.type === 'replace';
}

/** The columns of a table that stays OF a type come and go with the type's attributes. */
function isOfType(id: ObjectId, { from, to }: Change): boolean {
  const owner = (to.objects.get(id) ?? from.objects.get(id))?.owner;
  if (owner === undefined || !id.startsWith('column:')) return false;
  const [before, after] = [from, to].map((snapshot) => snapshot.objects.get(owner) as Table | undefined);
  return before?.kind === 'table' && after?.kind === 'table' && before.ofType !== null && before.ofType === after.ofType;
}

/** Does the object go with that of its parent, being none of the child's own? */
function goesByItself(id: ObjectId, inheritance: Inheritance): boolean {
  const { from } = inheritance.change;
  const parent = parentIn(from, id) ?? id;
  if (!isParentsAlone(id, from) || !isAttachedThroughout(id, inheritance)) return false;
  return removes(inheritance.actions.get(parent)) && !isKeptByHeirs(parent, inheritance);
}

/** Is there a child table that from now on has as its own what it only inherited, as it was? */
function isKeptByHeirs(id: ObjectId, inheritance: Inheritance): boolean {
  const { actions, change } = inheritance;
  const isKept = (heir: ObjectId): boolean =>
    removes(actions.get(heir)) ? isKeptByHeirs(heir, inheritance) : change.to.objects.has(heir) && parentIn(change.to, heir) === undefined;
  return inheritorsIn(change.from)(id).some(
    (heir) => isParentsAlone(heir, change.from) && isKept(heir) && isAttachedThroughout(heir, inheritance),
  );
}

function sparingHeirs(id: ObjectId, action: Action, inheritance: Inheritance): Action {
  const isSparing = (action.type === 'drop' || action.type === 'replace') && isKeptByHeirs(id, inheritance);
  return isSparing ? { ...action, only: true } : action;
}

function isBroughtByParent(id: ObjectId, inheritance: Inheritance): boolean {
  const { to } = inheritance.change;
  const type = inheritance.actions.get(parentIn(to, id) ?? id)?.type;
  return isParentsAlone(id, to) && isAttachedThroughout(id, inheritance) && (type === 'create' || type === 'replace');
}

const parentIn = (snapshot: SchemaSnapshot, id: ObjectId): ObjectId | undefined => snapshot.notes.get(id)?.inheritedFrom;

/** A child table can say itself what it inherits, and then keeps it when the parent's goes; a partition cannot. */
export function isParentsAlone(id: ObjectId, snapshot: SchemaSnapshot): boolean {
  const owner = snapshot.objects.get(id)?.owner;
  if (owner === undefined || parentIn(snapshot, id) === undefined) return false;
  return (snapshot.notes.get(id)?.implied ?? false) || snapshot.objects.has(partitionOf(owner));
}

/** Is the table a partition of that one, which it can outlive? */
export const isPartitionOf = (table: ObjectId, whole: ObjectId, snapshot: SchemaSnapshot): boolean =>
  table !== whole && table.startsWith('table:') && needsOf(snapshot, partitionOf(table)).has(whole);

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

/**
 * The parent's object before and after that a table of that parent has as its own too: it can go only once the parent's has gone, and only
 * what is there before the parent's comes stays the table's own.
 */
export function ownBesideParents(
  id: ObjectId,
  { from, to }: Omit<Change, 'options'>,
): { readonly before?: ObjectId; readonly after?: ObjectId } {
  if (!isAttached(id, from, to) || !isAttached(id, to, from)) return {};
  const [before, after] = [parentIn(from, id), parentIn(to, id)];
  return { ...(before && { before }), ...(after && { after }) };
}
