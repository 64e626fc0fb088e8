import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** One object that differs between two snapshots; a null side means that it is created or dropped. */
export interface Operation {
  readonly id: ObjectId;
  readonly before: SchemaObject | null;
  readonly after: SchemaObject | null;
}

/** What differs between two snapshots that the same server printed, sorted by id. Two objects are equal when their canonical fields are. */
export function diffSnapshots(from: SchemaSnapshot, to: SchemaSnapshot): readonly Operation[] {
  const ids = new Set([...from.objects.keys(), ...to.objects.keys()]);
  return [...ids]
    .sort()
    .map((id) => ({ id, before: from.objects.get(id) ?? null, after: to.objects.get(id) ?? null }))
    .filter(({ before, after }) => !sameValue(before, after));
}

/** Deep equality of plain data; a property that is undefined counts as absent. */
export function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].every((key) => sameValue(Reflect.get(before, key), Reflect.get(after, key)));
}
