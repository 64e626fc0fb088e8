import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { cycles, topologicalOrder } from './order.ts';
import { type Action, afterOf, beforeOf } from './plan.ts';

/** What a step does with its object; a replaced one has two steps, a swapped one three. */
export type StepType = 'drop' | 'alter' | 'create' | 'discard';

/** One node of the order: `drop column:public.posts.title`. Steps that are folded into another stand in its `folded`. */
export interface Step {
  readonly key: string;
  readonly type: StepType;
  readonly id: ObjectId;
  readonly object: SchemaObject;
  readonly action: Action;
}

/** A step together with those that are part of its statement, outermost first. */
export interface StepGroup {
  readonly step: Step;
  readonly folded: readonly Step[];
}

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

const keyOf = (type: StepType, id: ObjectId): string => `${type} ${id}`;

/**
 * Puts the steps of all actions in an order that PostgreSQL accepts: dependents go before what they need when things are dropped,
 * after it when things are created. What can be part of its owner's statement is folded into it, unless that would close a circle.
 */
export function orderSteps(actions: ReadonlyMap<ObjectId, Action>, sides: Sides): readonly StepGroup[] {
  const steps = makeSteps(actions);
  const edges = makeEdges(steps, actions, sides);
  const folding = new Folding(steps, sides.from);
  for (;;) {
    const graph = folding.contract(edges);
    const circles = cycles(folding.leaders, graph);
    if (circles.length === 0 || !folding.unfold(circles))
      return folding.group(topologicalOrder(folding.leaders, graph, (key) => rankOf(steps, key)));
  }
}

function makeSteps(actions: ReadonlyMap<ObjectId, Action>): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const [id, action] of actions) {
    for (const type of STEPS[action.type]) {
      const object = type === 'drop' || type === 'discard' ? beforeOf(action) : afterOf(action);
      if (object !== undefined) steps.set(keyOf(type, id), { key: keyOf(type, id), type, id, object, action });
    }
  }
  return steps;
}

type Edges = readonly (readonly [before: string, after: string])[];

function makeEdges(steps: ReadonlyMap<string, Step>, actions: ReadonlyMap<ObjectId, Action>, { from, to }: Sides): Edges {
  const edges: [string, string][] = [];
  const edge = (before: string, after: string): void => {
    if (before !== after && steps.has(before) && steps.has(after)) edges.push([before, after]);
  };
  for (const id of actions.keys()) {
    edge(keyOf('drop', id), keyOf('create', id));
    edge(keyOf('create', id), keyOf('discard', id));
    for (const need of needsOf(from, id)) {
      edge(keyOf('drop', id), keyOf('drop', need));
      edge(keyOf('drop', id), keyOf('alter', need));
      edge(keyOf('drop', id), keyOf('discard', need));
      edge(keyOf('discard', id), keyOf('discard', need));
      edge(keyOf('alter', id), steps.has(keyOf('discard', need)) ? keyOf('discard', need) : keyOf('drop', need));
    }
    // What a child table changes beyond its parent comes after what it inherits.
    edge(keyOf('alter', to.notes.get(id)?.inheritedFrom ?? id), keyOf('alter', id));
    for (const need of needsOf(to, id)) {
      edge(keyOf('create', need), keyOf('create', id));
      edge(keyOf('alter', need), keyOf('create', id));
      edge(keyOf('create', need), keyOf('alter', id));
      edge(keyOf('alter', need), keyOf('alter', id));
    }
  }
  return [...edges, ...claimEdges(steps), ...attachmentEdges(steps, to)];
}

/**
 * Attaching a partition makes an index for each one of its parent, unless there is one to adopt: so a parent's new index comes after the
 * attaching, and the partition's own come before it where the parent has its index already. Columns and checks must be there on both sides.
 */
function attachmentEdges(steps: ReadonlyMap<string, Step>, to: SchemaSnapshot): Edges {
  const attaching = new Map<ObjectId | undefined, string>();
  for (const { type, object, key } of steps.values())
    if (type === 'create' && object.kind === 'partition') attaching.set(object.owner, key);
  const created = [...steps.values()].filter(({ type }) => type === 'create');
  return [
    ...created.flatMap((step) => beforeAttaching(step, { steps, to, attaching })),
    ...afterAttaching(created, { steps, to, attaching }),
  ];
}

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

const isForeignKey = (object: SchemaObject): boolean => (object as { readonly type?: string }).type === 'foreign key';
const isKeyOrIndex = (object: SchemaObject): boolean =>
  object.kind === 'index' ||
  (object.kind === 'constraint' && !isForeignKey(object) && (object as { readonly type?: string }).type !== 'check');

/** The table that a partition belongs to. */
const parentTable = (table: ObjectId, to: SchemaSnapshot): ObjectId | undefined =>
  [...needsOf(to, table.replace(/^[^:]*/, 'partition') as ObjectId)].find((need) => need !== table && need.startsWith('table:'));

/** A name must be free before somebody else takes it. */
function claimEdges(steps: ReadonlyMap<string, Step>): Edges {
  const leaving = new Map<string, string>();
  for (const step of steps.values()) if (step.type === 'drop') for (const claim of claimsOf(step.object)) leaving.set(claim, step.key);
  return [...steps.values()]
    .filter((step) => step.type === 'create')
    .flatMap((step) => claimsOf(step.object).flatMap((claim): Edges => (leaving.has(claim) ? [[leaving.get(claim) ?? '', step.key]] : [])));
}

const claimsOf = (object: SchemaObject): readonly string[] => kindOf(object).claims?.(object) ?? [];

const PHASE: Readonly<Record<StepType, number>> = { drop: 0, alter: 1, create: 1, discard: 2 };

/** Drops first, dependents before what they stand on; then by kind, then by name. */
function rankOf(steps: ReadonlyMap<string, Step>, key: string): string {
  const step = steps.get(key);
  if (step === undefined) return key;
  const order = kindOf(step.object).order;
  const place = step.type === 'drop' ? 1000 - order : order;
  return `${PHASE[step.type]}${String(place).padStart(4, '0')}${step.id}`;
}

/** Which step is part of which other step's statement. */
class Folding {
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #into = new Map<string, string>();

  constructor(steps: ReadonlyMap<string, Step>, from: SchemaSnapshot) {
    this.#steps = steps;
    for (const step of steps.values()) {
      const target = foldTargets(step, from).find((key) => steps.has(key) && steps.get(key)?.action.type !== 'swap');
      if (target !== undefined) this.#into.set(step.key, target);
    }
  }

  get leaders(): readonly string[] {
    return [...this.#steps.keys()].filter((key) => !this.#into.has(key));
  }

  #leader(key: string): string {
    const target = this.#into.get(key);
    return target === undefined ? key : this.#leader(target);
  }

  contract(edges: Edges): ReadonlyMap<string, ReadonlySet<string>> {
    const graph = new Map<string, Set<string>>();
    for (const [before, after] of edges) {
      const [first, second] = [this.#leader(before), this.#leader(after)];
      if (first === second) continue;
      const targets = graph.get(first);
      if (targets === undefined) graph.set(first, new Set([second]));
      else targets.add(second);
    }
    return graph;
  }

  /** Makes the least of the folded steps on each circle statements of their own; false when there is nothing left to unfold. */
  unfold(circles: readonly (readonly string[])[]): boolean {
    const unfolded = circles.map((circle) => {
      const leaders = new Set(circle);
      const folded = [...this.#into.keys()].filter((key) => leaders.has(this.#leader(key)));
      const first = Math.min(...folded.map((key) => this.#unfoldRank(key)));
      const chosen = folded.filter((key) => this.#unfoldRank(key) === first);
      for (const key of chosen) this.#into.delete(key);
      return chosen.length > 0;
    });
    return unfolded.some(Boolean);
  }

  /** Foreign keys first, then what is easily said apart, columns last. */
  #unfoldRank(key: string): number {
    const object = this.#steps.get(key)?.object;
    const kinds = ['rule', 'trigger', 'policy', 'constraint', 'default', 'sequence', 'index', 'comment', 'privileges', 'column'];
    return object !== undefined && isForeignKey(object)
      ? -1
      : kinds.includes(object?.kind ?? '')
        ? kinds.indexOf(object?.kind ?? '')
        : kinds.length;
  }

  group(order: readonly string[]): readonly StepGroup[] {
    const members = new Map<string, Step[]>();
    for (const key of this.#into.keys()) {
      const step = this.#steps.get(key);
      const leader = this.#leader(key);
      if (step !== undefined) members.set(leader, [...(members.get(leader) ?? []), step]);
    }
    return order.flatMap((key) => {
      const step = this.#steps.get(key);
      return step === undefined ? [] : [{ step, folded: members.get(key) ?? [] }];
    });
  }
}

/** The steps that this one can be part of: an object vanishes with its owner, and an inlined one is made with it. */
function foldTargets({ type, id, object }: Step, from: SchemaSnapshot): readonly string[] {
  const { owner } = object;
  if (type === 'drop')
    return [owner, from.notes.get(id)?.droppedWith].flatMap((other) => (other === undefined ? [] : [keyOf('drop', other)]));
  if (type === 'create' && owner !== undefined && kindOf(object).inline?.(object, NO_CONTEXT) !== undefined)
    return [keyOf('create', owner)];
  return [];
}

const NO_CONTEXT = { owned: () => [], after: () => undefined };
