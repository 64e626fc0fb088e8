import { byId, type ObjectId, type SchemaObject } from '../kinds/kind.ts';
import { patchedIds } from '../kinds/patch.ts';
import { sameValue } from '../kinds/sameValue.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** One object that differs between two snapshots; a null side means that it is created or dropped. */
export interface Operation {
  readonly id: ObjectId;
  readonly before: SchemaObject | null;
  readonly after: SchemaObject | null;
}

/**
 * What differs between two snapshots that the same server printed, sorted by id. Two objects are equal when their canonical fields are.
 * Between patches of two wholes that were compared before, only the patched objects are looked at.
 */
export function diffSnapshots(from: SchemaSnapshot, to: SchemaSnapshot): readonly Operation[] {
  const patched = patchedIds(from, to);
  const [fromWhole, toWhole] = [from.patch?.base ?? from, to.patch?.base ?? to];
  const unpatched = diffWholes(fromWhole, toWhole).filter(({ id }) => !patched.has(id));
  return [...unpatched, ...compare(patched, from, to)].toSorted(byId);
}

const compared = new WeakMap<SchemaSnapshot, WeakMap<SchemaSnapshot, readonly Operation[]>>();

function diffWholes(from: SchemaSnapshot, to: SchemaSnapshot): readonly Operation[] {
  if (from === to) return [];
  const known = compared.get(from) ?? new WeakMap<SchemaSnapshot, readonly Operation[]>();
  compared.set(from, known);
  const operations = known.get(to) ?? compare(new Set([...from.objects.keys(), ...to.objects.keys()]), from, to);
  known.set(to, operations);
  return operations;
}

const compare = (ids: ReadonlySet<ObjectId>, from: SchemaSnapshot, to: SchemaSnapshot): readonly Operation[] =>
  [...ids]
    .map((id) => ({ id, before: from.objects.get(id) ?? null, after: to.objects.get(id) ?? null }))
    .filter(({ before, after }) => !sameValue(before, after));
