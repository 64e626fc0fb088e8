import type { Constraint } from '../kinds/constraints.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { partitionOf } from './plan.ts';
import { type Edges, isForeignKey, keyOf, type Step, type StepGroup } from './step.ts';

interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

/** Which step is part of which other step's statement. */
export class Folding {
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #into = new Map<string, string>();

  constructor(steps: ReadonlyMap<string, Step>, sides: Sides) {
    this.#steps = steps;
    const doubled = doubledKeys(steps);
    for (const step of steps.values()) {
      const target = foldTargets(step, steps, sides).find((key) => steps.has(key));
      if (target !== undefined && !doubled.has(step.key)) this.#into.set(step.key, target);
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

  /** Foreign keys first, then what is no statement, then what is easily said apart, columns last. */
  #unfoldRank(key: string): number {
    const object = this.#steps.get(key)?.object;
    const kinds = [
      'index attachment',
      'rule',
      'trigger',
      'policy',
      'constraint',
      'default',
      'sequence',
      'index',
      'comment',
      'privileges',
      'column',
    ];
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

/** New keys beside another of their table that is alike but for its name: CREATE TABLE makes one of both. The primary key stays. */
function doubledKeys(steps: ReadonlyMap<string, Step>): ReadonlySet<string> {
  const created = [...steps.values()].filter(({ type, object }) => type === 'create' && isUnique(object));
  const alike = Map.groupBy(created, ({ object }) => `${object.owner} ${definitionOf(object).replace('PRIMARY KEY', 'UNIQUE')}`);
  const others = [...alike.values()].flatMap((keys) => {
    const first = keys.find(({ object }) => definitionOf(object).startsWith('PRIMARY KEY')) ?? keys[0];
    return keys.filter((key) => key !== first);
  });
  return new Set(others.map(({ key }) => key));
}

const definitionOf = (object: SchemaObject): string => (object as Constraint).definition;
const isUnique = (object: SchemaObject): boolean => object.kind === 'constraint' && /^(?:UNIQUE|PRIMARY KEY) /.test(definitionOf(object));

/** The steps that this one can be part of: an object vanishes with its owner, and an inlined one is made with it. */
function foldTargets({ type, object }: Step, steps: ReadonlyMap<string, Step>, { from, to }: Sides): readonly string[] {
  if (type === 'drop')
    return [...ownersOf(object, from), takenAlong(object, steps, from)].flatMap((other) =>
      other === undefined ? [] : [keyOf('drop', other)],
    );
  const holder = type === 'create' ? holderOf(object, to) : undefined;
  return holder !== undefined && kindOf(object).inline?.(object, NO_CONTEXT) !== undefined ? [keyOf('create', holder)] : [];
}

/** What the object can be made with: its owner, or the base type that is made of it. */
export const holderOf = ({ id, owner }: SchemaObject, { notes }: SchemaSnapshot): ObjectId | undefined =>
  owner ?? notes.get(id)?.droppedWith;

/** The nearest first: a column that comes with its table's type has no step of its own. */
function ownersOf({ owner }: SchemaObject, from: SchemaSnapshot): readonly ObjectId[] {
  const object = owner === undefined ? undefined : from.objects.get(owner);
  return owner === undefined ? [] : object === undefined ? [owner] : [owner, ...ownersOf(object, from)];
}

/**
 * What drops the object beside its owner. A plain index does not take a partition's key along: it cannot be dropped while that is joined to it.
 * From a partition that is detached before, nothing is taken along.
 */
function takenAlong({ id, kind, owner }: SchemaObject, steps: ReadonlyMap<string, Step>, { notes }: SchemaSnapshot): ObjectId | undefined {
  if (owner !== undefined && steps.has(keyOf('drop', partitionOf(owner)))) return undefined;
  const other = notes.get(id)?.droppedWith;
  return kind === 'constraint' && other?.startsWith('index:') ? undefined : other;
}

const NO_CONTEXT = { before: () => undefined, after: () => undefined, dependents: () => [] };
