import type { Column } from '../kinds/columns.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { inheritorsIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import { sortOf } from '../kinds/root.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { attachmentEdges, detachmentEdges } from './attachmentEdges.ts';
import { fillEdges } from './fillEdges.ts';
import { Folding } from './folding.ts';
import { comesWithParent, isAttached, isPartitionOf, joinsParent, ownBesideParents } from './inherited.ts';
import { namesakeEdges } from './namesakeEdges.ts';
import { cycles, topologicalOrder } from './order.ts';
import { partingEdges } from './partingEdges.ts';
import { keysBetween, persistenceEdges } from './persistenceEdges.ts';
import { type Action, afterOf, beforeOf, makesWayWith, type PlanOptions, partitionOf } from './plan.ts';
import { type Edges, keyOf, type Step, type StepGroup, type StepType } from './step.ts';

interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

const STEPS: Readonly<Record<Action['type'], readonly StepType[]>> = {
  create: ['create'],
  drop: ['drop'],
  replace: ['drop', 'create'],
  swap: ['drop', 'create', 'discard'],
  alter: ['alter'],
};

/** Steps in their order. */
interface Ordered {
  readonly groups: readonly StepGroup[];
  /** Objects that close a circle, by their alteration or as they are, and which can be made anew without a loss: then there is an order. */
  readonly inTheWay: readonly ObjectId[];
}

/**
 * Puts the steps of all actions in an order that PostgreSQL accepts: dependents go before what they need when things are dropped,
 * after it when things are created. What can be part of its owner's statement is folded into it, unless that would close a circle.
 */
export function orderSteps(actions: ReadonlyMap<ObjectId, Action>, sides: Sides, { fill }: PlanOptions): Ordered {
  const steps = makeSteps(actions);
  const edges = [...makeEdges(steps, actions, sides), ...fillEdges(steps, fill)];
  const folding = new Folding(steps, sides);
  for (;;) {
    const graph = folding.contract(edges);
    const circles = cycles(folding.leaders, graph);
    if (circles.length > 0 && folding.unfold(circles)) continue;
    const groups = folding.group(topologicalOrder(folding.leaders, graph, (key) => rankOf(steps, key)));
    return { groups, inTheWay: circles.flatMap((circle) => [...replaceableOn(circle, steps), ...keysBetween(circle, steps, sides.from)]) };
  }
}

/**
 * A rule that is altered so that it needs a column no longer, of a table that is altered too: the table's alteration comes before the rule's, the
 * rule's before the column goes, and that before the table's. Of such objects the one that a plan treats last is made anew.
 */
function replaceableOn(circle: readonly string[], steps: ReadonlyMap<string, Step>): readonly ObjectId[] {
  const altered = circle.flatMap((key) => steps.get(key) ?? []).filter(({ type }) => type === 'alter');
  const replaceable = altered.filter(({ object }) => kindOf(object).holdsData === undefined && kindOf(object).setAside === undefined);
  return replaceable
    .toSorted((one, other) => kindOf(other.object).order - kindOf(one.object).order)
    .slice(0, 1)
    .map(({ id }) => id);
}

function makeSteps(actions: ReadonlyMap<ObjectId, Action>): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const [id, action] of actions) {
    for (const type of STEPS[action.type]) {
      const object = type === 'drop' || type === 'discard' ? beforeOf(action) : afterOf(action);
      if (object !== undefined) steps.set(keyOf(type, id), { key: keyOf(type, id), type, id, object, action });
    }
  }
  for (const [id, action] of actions) {
    if (action.type === 'alter' && mustLeave(action, actions))
      steps.set(keyOf('leave', id), { key: keyOf('leave', id), type: 'leave', id, object: action.after, action });
  }
  return steps;
}

/** Do columns come, go or get another type that something else would decide about until their table is altered? */
function mustLeave({ before, after }: Action & { readonly type: 'alter' }, actions: ReadonlyMap<ObjectId, Action>): boolean {
  if (kindOf(after).leave?.(before, after) === undefined) return false;
  return [...actions.values()].some((action) => {
    const [was, is] = [beforeOf(action), afterOf(action)] as readonly (Partial<Column> | undefined)[];
    return (
      (is ?? was)?.kind === 'column' &&
      (is ?? was)?.owner === after.id &&
      (action.type !== 'alter' || was?.type !== is?.type || action.recast)
    );
  });
}

function makeEdges(steps: ReadonlyMap<string, Step>, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Sides): Edges {
  const edges: [string, string][] = [];
  const edge = (before: string, after: string): void => {
    if (before !== after && steps.has(before) && steps.has(after)) edges.push([before, after]);
  };
  // A column that comes with its table's type or its parent has no step of its own: what needs it needs the table.
  const holderStep = (type: StepType, need: ObjectId, { objects }: SchemaSnapshot): string =>
    keyOf(type, (actions.has(need) ? undefined : objects.get(need)?.owner) ?? need);
  for (const id of actions.keys()) {
    edge(keyOf('drop', id), keyOf('create', id));
    edge(keyOf('leave', id), keyOf('alter', id));
    edge(keyOf('create', id), keyOf('discard', id));
    for (const needed of needsBeside(from, id)) {
      const need = makesWayWith(needed, actions, from);
      // A type stands under whatever name the one that it is made of has meanwhile; what has types in its own name does not.
      if (actions.get(need)?.type !== 'swap' || sortOf(id.slice(0, id.indexOf(':'))) !== 'type')
        edge(keyOf('drop', id), holderStep('drop', need, from));
      edge(keyOf('leave', id), keyOf('alter', need));
      for (const type of ['drop', 'alter'] as const) edge(keyOf('leave', need), keyOf(type, id));
      if (comesWithParent(id, to, from) && !steps.has(keyOf('leave', need))) edge(keyOf('alter', need), keyOf('drop', id));
      // A column can be altered whatever sequence belongs to it.
      else if (from.objects.get(id)?.kind !== 'sequence') edge(keyOf('drop', id), keyOf('alter', need));
      edge(keyOf('drop', id), keyOf('discard', need));
      const gone = steps.has(keyOf('discard', need)) ? keyOf('discard', need) : keyOf('drop', need);
      edge(keyOf('discard', id), gone);
      if (!isPartitionOf(id, need, from)) edge(keyOf('alter', id), gone);
      // A table that is no longer OF a type lets that change by itself.
      if (id.startsWith('table:') && !needsOf(to, id).has(need)) edge(keyOf('alter', id), keyOf('alter', need));
    }
    const parent = to.notes.get(id)?.inheritedFrom;
    const table = to.objects.get(id)?.owner;
    // A column is alike in both when a table joins a parent.
    if (parent !== undefined && table !== undefined && joinsParent(id, from, to)) edge(keyOf('alter', parent), keyOf('alter', table));
    // What a child table changes beyond its parent comes after what it inherits.
    for (const parent of ancestors(id, to)) {
      edge(keyOf('alter', parent), keyOf('alter', id));
      edge(keyOf('create', parent), keyOf('alter', id));
    }
    for (const need of needsBeside(to, id)) {
      edge(holderStep('create', need, to), keyOf('create', id));
      edge(keyOf('leave', need), keyOf('create', id));
      if (comesWithParent(id, from, to)) edge(keyOf('create', id), keyOf('alter', need));
      else edge(keyOf('alter', need), keyOf('create', id));
      if (!isPartitionOf(id, need, to)) edge(keyOf('create', need), keyOf('alter', id));
      if (joinsParent(id, from, to)) edge(keyOf('alter', id), keyOf('alter', need));
      else edge(keyOf('alter', need), keyOf('alter', id));
    }
  }
  return [
    ...edges,
    ...ownershipEdges(steps, { from, to }),
    ...claimEdges(steps),
    ...namesakeEdges(steps, { from, to }),
    ...persistenceEdges(steps, from),
    ...leavingEdges(steps, { from, to }),
    ...partingEdges(steps, { from, to }),
    ...attachmentEdges(steps, to),
    ...detachmentEdges(steps, from),
  ];
}

/** What an object needs, but for the base type that is made of it: where one of the two is only altered, the type comes behind its function. */
function needsBeside(snapshot: SchemaSnapshot, id: ObjectId): Iterable<ObjectId> {
  const needs = needsOf(snapshot, id);
  const whole = snapshot.notes.get(id)?.droppedWith;
  return whole !== undefined && needsOf(snapshot, whole).has(id) ? [...needs].filter((need) => need !== whole) : needs;
}

/** The objects that this one repeats in a partition or a child table, nearest first. */
function ancestors(id: ObjectId, { notes }: Pick<SchemaSnapshot, 'notes'>): readonly ObjectId[] {
  const parent = notes.get(id)?.inheritedFrom;
  return parent === undefined ? [] : [parent, ...ancestors(parent, { notes })];
}

/** Where a child table says itself what it inherits: see `ownBesideParents`. */
function ownershipEdges(steps: ReadonlyMap<string, Step>, sides: Sides): Edges {
  return [...steps.values()].flatMap(({ id, type, key, object: { owner } }): Edges => {
    if (owner !== undefined && (steps.has(keyOf('drop', owner)) || steps.has(keyOf('create', owner)))) return [];
    const { before, after } = ownBesideParents(id, sides);
    if (type === 'drop' && before !== undefined && steps.has(keyOf('drop', before))) return [[keyOf('drop', before), key]];
    return type === 'create' && after !== undefined && steps.has(keyOf('create', after)) ? [[key, keyOf('create', after)]] : [];
  });
}

/**
 * A table leaves a parent before the parent loses or changes what the table repeats, which would go along; and before that is changed where
 * it is repeated, as only the parent may change it otherwise.
 */
function leavingEdges(steps: ReadonlyMap<string, Step>, { from, to }: Sides): Edges {
  return [...steps.values()].flatMap(({ key, type, id, object }): Edges => {
    const heirs = type === 'create' ? [] : inheritorsIn(from)(id);
    const parting = heirs.flatMap((heir) => {
      const table = from.objects.get(heir)?.owner;
      if (table === undefined) return [];
      return [keyOf('drop', partitionOf(table)), ...(isAttached(heir, to, from) ? [] : [keyOf('alter', table)])];
    });
    // What reaches a table that leaves a parent for a moment, to change the order of its parents, comes before.
    const rejoining = type === 'alter' ? heirs.filter((heir) => isAttached(heir, to, from) && isAttached(heir, from, to)) : [];
    const reached = rejoining.flatMap((heir) => from.objects.get(heir)?.owner ?? []).map((table) => keyOf('alter', table));
    const isRepeated = type !== 'create' && from.notes.get(id)?.inheritedFrom !== undefined && object.owner !== undefined;
    const own = isRepeated ? [keyOf('drop', partitionOf(object.owner))] : [];
    const edges = [...[...parting, ...own].map((step) => [step, key] as const), ...reached.map((step) => [key, step] as const)];
    return edges.filter(([before, after]) => steps.has(before) && steps.has(after));
  });
}

/** A name must be free before somebody else takes it, and so must be what one object at a time can have. */
function claimEdges(steps: ReadonlyMap<string, Step>): Edges {
  const leaving = new Map([...steps.values()].flatMap((step) => released(step).map((claim) => [claim, step.key] as const)));
  return [...steps.values()].flatMap((step) =>
    taken(step).flatMap((claim): Edges => (leaving.has(claim) ? [[leaving.get(claim) ?? '', step.key]] : [])),
  );
}

function released({ type, object, action }: Step): readonly string[] {
  if (type === 'drop') return [...claimsOf(object), ...holdsOf(object)];
  return type === 'alter' ? missingFrom(holdsOf(afterOf(action)), holdsOf(beforeOf(action))) : [];
}

function taken({ type, object, action }: Step): readonly string[] {
  if (type === 'create') return [...claimsOf(object), ...holdsOf(object)];
  return type === 'alter' ? missingFrom(holdsOf(beforeOf(action)), holdsOf(afterOf(action))) : [];
}

const claimsOf = (object: SchemaObject): readonly string[] => kindOf(object).claims?.(object) ?? [];
const holdsOf = (object: SchemaObject | undefined): readonly string[] => (object && kindOf(object).holds?.(object)) ?? [];
const missingFrom = (some: readonly string[], all: readonly string[]): readonly string[] => all.filter((one) => !some.includes(one));

const PHASE: Readonly<Record<StepType, number>> = { drop: 0, leave: 1, alter: 1, create: 1, discard: 2 };

const LAST = 3;

/** Drops first, dependents before what they stand on; then by kind, then by name. */
function rankOf(steps: ReadonlyMap<string, Step>, key: string): string {
  const step = steps.get(key);
  if (step === undefined) return key;
  const order = kindOf(step.object).order;
  const place = step.type === 'drop' ? 1000 - order : order;
  const phase = step.type === 'drop' && kindOf(step.object).dropsLast ? LAST : PHASE[step.type];
  return `${phase}${String(place).padStart(4, '0')}${step.id}`;
}
