import { ownedIn } from '../kinds/lookup.ts';
import { outermost } from '../kinds/root.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Table } from '../kinds/tables.ts';
import { beforeOf } from './plan.ts';
import { type Edges, isForeignKey, keyOf, type Step } from './step.ts';

/** A logged table may not reference an unlogged one: what others reference is the first to become logged, and the last to become unlogged. */
export function persistenceEdges(steps: ReadonlyMap<string, Step>, from: SchemaSnapshot): Edges {
  const changing = new Map([...steps.values()].filter(changesPersistence).map((step) => [step.id, step] as const));
  return [...changing.values()].flatMap(({ id, key, object }): Edges => {
    // Those that go are gone by then.
    const keys = ownedIn(from)(id).filter((part) => isForeignKeyIn(from, part) && !steps.has(keyOf('drop', part)));
    const referenced = new Set(keys.flatMap((part) => [...needsOf(from, part)]).map((need) => wholeOf(need, from)));
    const others = [...referenced].flatMap((table) => (table === id ? [] : (changing.get(table)?.key ?? [])));
    return others.map((other) => ((object as Table).unlogged ? ([key, other] as const) : ([other, key] as const)));
  });
}

function isForeignKeyIn({ objects }: SchemaSnapshot, id: Step['id']): boolean {
  const object = objects.get(id);
  return object !== undefined && isForeignKey(object);
}

const wholeOf = (id: Step['id'], snapshot: SchemaSnapshot): Step['id'] => {
  const object = snapshot.objects.get(id);
  return object === undefined ? id : outermost(object, snapshot).id;
};

function changesPersistence({ type, object, action }: Step): boolean {
  const before = beforeOf(action);
  return type === 'alter' && object.kind === 'table' && (object as Table).unlogged !== (before as Table | undefined)?.unlogged;
}
