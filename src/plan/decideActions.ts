import type { Operation } from '../diff/diffSnapshots.ts';
import type { Column } from '../kinds/columns.ts';
import { type Alteration, type AlterContext, type ObjectId, REPLACE, type SchemaObject, SWAP } from '../kinds/kind.ts';
import { attachedIn, dependentsIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { isInPartitionKey, type Table } from '../kinds/tables.ts';
import { isAttached, isParentsAlone, isPartitionOf, withoutInherited } from './inherited.ts';
import { type Action, makesWayWith, type PlanOptions, partitionOf, removes } from './plan.ts';

/** What actions are decided for. */
export interface Change {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly context: AlterContext;
  readonly options: PlanOptions;
}

/**
 * Turns differences into actions: what can be altered in place is, what cannot is dropped and created, and every dependent that
 * PostgreSQL would not let stand meanwhile is dropped and rebuilt with it, over as many steps as it takes.
 */
export function decideActions(operations: readonly Operation[], change: Change): ReadonlyMap<ObjectId, Action> {
  const actions = new Map<ObjectId, Action>();
  for (const operation of operations) {
    const action = decide(operation, change);
    if (action !== undefined) actions.set(operation.id, action);
  }
  for (const id of change.options.replace ?? []) if (!actions.has(id)) makeAnew(id, actions, change);
  if (change.options.suspendDefaultPrivileges) suspendDefaultPrivileges(actions, change);
  rebuildDependents(actions, change);
  return withoutInherited(actions, change);
}

/** What does not change, and yet is in the way of what does. */
function makeAnew(id: ObjectId, actions: Map<ObjectId, Action>, { from, to }: Change): void {
  const [before, after] = [from.objects.get(id), to.objects.get(id)];
  if (before !== undefined && after !== undefined) actions.set(id, { type: 'replace', before, after });
}

/** Dropped first and made again last, as the order of their kind has it. */
function suspendDefaultPrivileges(actions: Map<ObjectId, Action>, { from, to }: Change): void {
  for (const [id, before] of from.objects) {
    const after = to.objects.get(id);
    if (before.kind === 'default privileges' && after !== undefined) actions.set(id, { type: 'replace', before, after });
  }
}

function decide({ id, before, after }: Operation, { context, options }: Change): Action | undefined {
  if (before === null) return after === null ? undefined : { type: 'create', after };
  if (after === null) return { type: 'drop', before };
  const answer = options.swap?.has(id) ? SWAP : options.replace?.has(id) ? REPLACE : kindOf(after).alter(before, after, context);
  if (answer === REPLACE) return { type: 'replace', before, after };
  if (answer === SWAP) return { type: 'swap', before, after };
  return { type: 'alter', before, after, recast: false };
}

type Replacement = Action & { readonly type: 'replace' };
type Remaking = Action & { readonly type: 'replace' | 'swap' };

function rebuildDependents(actions: Map<ObjectId, Action>, change: Change): void {
  const dependents = dependentsIn(change.from);
  const queue = [...actions.keys()];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const cause = actions.get(id);
    if (cause === undefined || cause.type === 'create') continue;
    const whole = attachedTo(id, actions, change) ?? repeatedFrom(id, actions, change) ?? partitionedBy(cause, actions, change);
    if (whole !== undefined) {
      actions.set(whole.after.id, whole);
      queue.push(whole.after.id);
    }
    for (const partition of inTheWay(id, actions, change)) {
      actions.set(partition.after.id, partition);
      queue.push(partition.after.id);
    }
    const removal = actions.get(makesWayWith(id, actions, change.from)) ?? cause;
    for (const dependent of dependents(id).toSorted()) {
      const next = effectOn(dependent, { id, cause: removal, present: actions.get(dependent), change });
      if (next === undefined) continue;
      actions.set(dependent, next);
      queue.push(dependent);
    }
  }
}

/**
 * An index that is part of one of the partitioned table cannot leave it alone: then that one is made anew, with all its parts. Nor can a function
 * leave the base type that is made of it, unless that is altered to do without.
 */
function attachedTo(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Change): Remaking | undefined {
  const whole = from.notes.get(id)?.droppedWith;
  if (whole === undefined || !removes(actions.get(id)) || isRemade(actions.get(whole)) || isLeaving(id, actions, from)) return undefined;
  const [before, after] = [from.objects.get(whole), to.objects.get(whole)];
  if (before === undefined || after === undefined) return undefined;
  if (kindOf(after).setAside === undefined) return { type: 'replace', before, after };
  return needsOf(to, whole).has(id) ? { type: 'swap', before, after } : undefined;
}

const isRemade = (action: Action | undefined): boolean => removes(action) || action?.type === 'swap';

/** A check that a partition or a child table only repeats cannot be dropped there: then that of the parent is made anew, and this one comes with it. */
function repeatedFrom(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Change): Replacement | undefined {
  const parent = from.notes.get(id)?.inheritedFrom;
  if (parent === undefined || actions.get(id)?.type !== 'replace' || removes(actions.get(parent))) return undefined;
  const isRepeated = from.objects.get(id)?.kind === 'constraint' && isParentsAlone(id, from);
  if (!isRepeated || isLeaving(id, actions, from) || !isAttached(id, from, to) || !isAttached(id, to, from)) return undefined;
  const [before, after] = [from.objects.get(parent), to.objects.get(parent)];
  return before === undefined || after === undefined ? undefined : { type: 'replace', before, after };
}

/**
 * A column of the key cannot get another type: the partitioned table, which has no rows of its own, is made anew, and its partitions leave
 * meanwhile.
 */
function partitionedBy(cause: Action, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Change): Replacement | undefined {
  if (cause.type !== 'alter' || cause.after.kind !== 'column' || cause.after.owner === undefined) return undefined;
  const [column, retyped] = [cause.before as Column, cause.after as Column];
  if (!cause.recast && column.type === retyped.type && column.collation === retyped.collation) return undefined;
  const [before, after] = [from.objects.get(cause.after.owner), to.objects.get(cause.after.owner)];
  if (before?.kind !== 'table' || after === undefined || removes(actions.get(before.id))) return undefined;
  return isInPartitionKey(before as Table, column.column) ? { type: 'replace', before, after } : undefined;
}

/**
 * The key of a partition that is part of a plain index of the partitioned table: neither can be dropped while they are joined, so the
 * partition leaves meanwhile.
 */
function inTheWay(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Change): readonly Replacement[] {
  if (from.objects.get(id)?.kind !== 'index' || !removes(actions.get(id))) return [];
  const keys = attachedIn(from)(id).flatMap((part) => from.objects.get(part) ?? []);
  return keys.flatMap(({ kind, id: part, owner }) => {
    if (kind !== 'constraint' || owner === undefined || isLeaving(part, actions, from)) return [];
    const [before, after] = [from.objects.get(partitionOf(owner)), to.objects.get(partitionOf(owner))];
    return before === undefined || after === undefined ? [] : [{ type: 'replace', before, after }];
  });
}

/** Is the partition that the index is on detached or dropped? Then the index leaves with it. */
function isLeaving(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, from: SchemaSnapshot): boolean {
  const owner = from.objects.get(id)?.owner;
  if (owner === undefined) return false;
  return owner.startsWith('table:')
    ? removes(actions.get(partitionOf(owner))) || removes(actions.get(owner))
    : isLeaving(owner, actions, from);
}

interface Effect {
  readonly id: ObjectId;
  readonly cause: Action;
  readonly present: Action | undefined;
  readonly change: Change;
}

/** What becomes of a dependent when something that it needs is dropped, replaced, swapped or altered; undefined = nothing new. */
function effectOn(dependent: ObjectId, { id, cause, present, change }: Effect): Action | undefined {
  const before = change.from.objects.get(dependent);
  const after = change.to.objects.get(dependent);
  if (before === undefined || after === undefined || removes(present) || present?.type === 'swap') return undefined;
  // A partition that leaves, for a moment or for good, outlives the whole, with its rows.
  if (isPartitionOf(dependent, id, change.from)) return undefined;
  const stillNeeds = needsOf(change.to, dependent).has(id);
  if (cause.type === 'alter') return blocks(cause, before, change.context) ? { type: 'replace', before, after } : undefined;
  // Altered so that it no longer needs what goes away: the alteration simply comes first.
  if (present?.type === 'alter' && !stillNeeds && !kindOf(before).goesAlong) return undefined;
  if (cause.type === 'swap' && isStoredColumn(before)) {
    return present?.type === 'alter' && present.recast ? undefined : { type: 'alter', before, after, recast: true };
  }
  if (cause.type === 'swap' && kindOf(after).setAside !== undefined) return { type: 'swap', before, after };
  return { type: 'replace', before, after };
}

const isStoredColumn = (object: SchemaObject): boolean => object.kind === 'column' && (object as Column).generated === null;

function blocks(cause: Action & { readonly type: 'alter' }, dependent: SchemaObject, context: AlterContext): boolean {
  return alterationOf(cause, context).rebuild?.(dependent) ?? false;
}

/** The statements of an action that was decided to be an alteration. */
export function alterationOf({ before, after, recast }: Action & { readonly type: 'alter' }, context: AlterContext): Alteration {
  const answer = kindOf(after).alter(before, after, recast ? { ...context, recast: true } : context);
  return answer === REPLACE || answer === SWAP ? { statements: [] } : answer;
}
