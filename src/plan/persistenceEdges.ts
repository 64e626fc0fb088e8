import type { ObjectId } from '../kinds/kind.ts';
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
    const keys = foreignKeysOf(id, from).filter((part) => !steps.has(keyOf('drop', part)));
    const referenced = new Set(keys.flatMap((part) => referencedBy(part, from)));
    const others = [...referenced].flatMap((table) => (table === id ? [] : (changing.get(table)?.key ?? [])));
    return others.map((other) => ((object as Table).unlogged ? ([key, other] as const) : ([other, key] as const)));
  });
}

/** The foreign keys between tables that wait for each other to change: made anew behind that, they stand in nobody's way. */
export function keysBetween(circle: readonly string[], steps: ReadonlyMap<string, Step>, from: SchemaSnapshot): readonly ObjectId[] {
  const tables = new Set(circle.flatMap((key) => steps.get(key) ?? []).flatMap((step) => (changesPersistence(step) ? [step.id] : [])));
  return [...tables].flatMap((table) =>
    foreignKeysOf(table, from).filter((key) => referencedBy(key, from).some((other) => other !== table && tables.has(other))),
  );
}

const foreignKeysOf = (table: ObjectId, from: SchemaSnapshot): readonly ObjectId[] =>
  ownedIn(from)(table).filter((part) => isForeignKeyIn(from, part));

const referencedBy = (key: ObjectId, from: SchemaSnapshot): readonly ObjectId[] =>
  [...needsOf(from, key)].map((need) => wholeOf(need, from));

function isForeignKeyIn({ objects }: SchemaSnapshot, id: ObjectId): boolean {
  const object = objects.get(id);
  return object !== undefined && isForeignKey(object);
}

const wholeOf = (id: ObjectId, snapshot: SchemaSnapshot): ObjectId => {
  const object = snapshot.objects.get(id);
  return object === undefined ? id : outermost(object, snapshot).id;
};

function changesPersistence({ type, object, action }: Step): boolean {
  const before = beforeOf(action);
  return type === 'alter' && object.kind === 'table' && (object as Table).unlogged !== (before as Table | undefined)?.unlogged;
}
