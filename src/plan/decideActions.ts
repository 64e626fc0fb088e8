import type { Operation } from '../diff/diffSnapshots.ts';
import type { Column } from '../kinds/columns.ts';
import { type Alteration, type AlterContext, type ObjectId, REPLACE, type SchemaObject, SWAP } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { sameValue } from '../kinds/sameValue.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Action, PlanOptions } from './plan.ts';

interface Change {
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
  if (change.options.suspendDefaultPrivileges) suspendDefaultPrivileges(actions, change);
  rebuildDependents(actions, change);
  return withoutInherited(actions, change);
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
  const answer = options.swap?.has(id) ? SWAP : kindOf(after).alter(before, after, context);
  if (answer === REPLACE) return { type: 'replace', before, after };
  if (answer === SWAP) return { type: 'swap', before, after };
  return { type: 'alter', before, after, recast: false };
}

/** Does the action take the object away, be it for a moment? */
const removes = (action: Action | undefined): boolean => action?.type === 'drop' || action?.type === 'replace';

function rebuildDependents(actions: Map<ObjectId, Action>, change: Change): void {
  const dependents = dependentsIn(change.from);
  const queue = [...actions.keys()];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const cause = actions.get(id);
    if (cause === undefined || cause.type === 'create') continue;
    const whole = attachedTo(id, actions, change);
    if (whole !== undefined) {
      actions.set(whole.after.id, whole);
      queue.push(whole.after.id);
    }
    for (const dependent of dependents(id).toSorted()) {
      const next = effectOn(dependent, { id, cause, present: actions.get(dependent), change });
      if (next === undefined) continue;
      actions.set(dependent, next);
      queue.push(dependent);
    }
  }
}

/** An index that is part of one of the partitioned table cannot leave it alone: then that one is made anew, with all its parts. */
function attachedTo(
  id: ObjectId,
  actions: ReadonlyMap<ObjectId, Action>,
  { from, to }: Change,
): (Action & { readonly type: 'replace' }) | undefined {
  const whole = from.notes.get(id)?.droppedWith;
  if (whole === undefined || !removes(actions.get(id)) || removes(actions.get(whole)) || isLeaving(id, actions, from)) return undefined;
  const [before, after] = [from.objects.get(whole), to.objects.get(whole)];
  return before === undefined || after === undefined ? undefined : { type: 'replace', before, after };
}

/** Is the partition that the index is on detached or dropped? Then the index leaves with it. */
function isLeaving(id: ObjectId, actions: ReadonlyMap<ObjectId, Action>, from: SchemaSnapshot): boolean {
  const owner = from.objects.get(id)?.owner;
  if (owner === undefined) return false;
  return owner.startsWith('table:')
    ? removes(actions.get(partitionOf(owner))) || removes(actions.get(owner))
    : isLeaving(owner, actions, from);
}

const partitionOf = (table: ObjectId): ObjectId => table.replace(/^[^:]*/, 'partition') as ObjectId;

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
  const stillNeeds = needsOf(change.to, dependent).has(id);
  if (cause.type === 'alter') return blocks(cause, before, change.context) ? { type: 'replace', before, after } : undefined;
  // Altered so that it no longer needs what goes away: the alteration simply comes first.
  if (present?.type === 'alter' && !stillNeeds) return undefined;
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

/**
 * Leaves out what comes by itself: a change of a parent's column or check reaches partitions and child tables that are attached before
 * and after, and a child table made with INHERITS brings its parents' columns.
 */
function withoutInherited(actions: ReadonlyMap<ObjectId, Action>, change: Change): ReadonlyMap<ObjectId, Action> {
  const kept = [...actions].filter(([id, action]) => !comesByItself(id, action, { actions, change }));
  return new Map(
    kept.map(([id, action]) => [id, beyondParent(id, action, { actions, change })] as const).filter(([, action]) => !isNothing(action)),
  );
}

interface Inheritance {
  readonly actions: ReadonlyMap<ObjectId, Action>;
  readonly change: Change;
}

/** An alteration without what the same alteration of the parent brings: it starts from where that leaves the child. */
function beyondParent(id: ObjectId, action: Action, { actions, change }: Inheritance): Action {
  const parent = parentAction(id, { actions, change });
  if (action.type !== 'alter' || parent?.type !== 'alter') return action;
  const changed = Object.entries(parent.after).filter(([field, value]) => !sameValue(value, Reflect.get(parent.before, field)));
  return { ...action, recast: false, before: { ...action.before, ...Object.fromEntries(changed) } };
}

const isNothing = (action: Action): boolean => action.type === 'alter' && !action.recast && sameValue(action.before, action.after);

/** What happens to the parent's object, for a table that is attached to it before and after. */
function parentAction(id: ObjectId, { actions, change: { from, to } }: Inheritance): Action | undefined {
  const [before, after] = [from.notes.get(id)?.inheritedFrom, to.notes.get(id)?.inheritedFrom];
  const parent = after ?? before;
  const owner = (to.objects.get(id) ?? from.objects.get(id))?.owner;
  if (parent === undefined || owner === undefined || !from.objects.has(owner) || !to.objects.has(owner)) return undefined;
  return isAttached(owner, from) && isAttached(owner, to) ? actions.get(parent) : undefined;
}

function comesByItself(id: ObjectId, action: Action, inheritance: Inheritance): boolean {
  const { actions, change } = inheritance;
  const owner = (change.to.objects.get(id) ?? change.from.objects.get(id))?.owner;
  const ownerAction = owner === undefined ? undefined : actions.get(owner);
  const ownerIsMade = ownerAction?.type === 'create' || ownerAction?.type === 'replace';
  if (action.type === 'create' && ownerIsMade) return change.to.notes.get(id)?.implied ?? false;
  if (ownerIsMade || action.type === 'alter') return false;
  return parentAction(id, inheritance)?.type === action.type;
}

/** A table of INHERITS counts as attached, since its list of parents changes by ALTER TABLE alone. */
function isAttached(table: ObjectId, snapshot: SchemaSnapshot): boolean {
  const object = snapshot.objects.get(table) as { readonly inherits?: readonly string[] } | undefined;
  return (object?.inherits?.length ?? 0) > 0 || snapshot.objects.has(partitionOf(table));
}
