import type { ObjectId, SchemaObject } from './kind.ts';
import type { SchemaSnapshot, SnapshotPart } from './snapshot.ts';

/**
 * A map that differs from another one in few keys. What reads single keys costs as much as the difference, whatever the size of the whole.
 */
class PatchedMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #base: ReadonlyMap<Key, Value>;
  readonly #removed: ReadonlySet<Key>;
  readonly #added: ReadonlyMap<Key, Value>;

  constructor(base: ReadonlyMap<Key, Value>, removed: ReadonlySet<Key>, added: ReadonlyMap<Key, Value>) {
    this.#base = base;
    this.#removed = removed;
    this.#added = added;
  }

  get size(): number {
    let size = this.#base.size + this.#added.size;
    for (const key of new Set([...this.#removed, ...this.#added.keys()])) if (this.#base.has(key)) size--;
    return size;
  }

  get(key: Key): Value | undefined {
    return this.#added.get(key) ?? (this.#removed.has(key) ? undefined : this.#base.get(key));
  }

  has(key: Key): boolean {
    return this.#added.has(key) || (!this.#removed.has(key) && this.#base.has(key));
  }

  *entries(): MapIterator<[Key, Value]> {
    for (const entry of this.#base) if (!this.#removed.has(entry[0]) && !this.#added.has(entry[0])) yield entry;
    yield* this.#added;
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(callback: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }
}

/**
 * The snapshot with some objects taken out and others put in. A patch of a patch is one patch of the first, so that no chain grows.
 * Addresses are only ever added: those of what is gone are asked for no more.
 */
export function patchSnapshot(snapshot: SchemaSnapshot, removed: ReadonlySet<ObjectId>, added: SnapshotPart): SchemaSnapshot {
  if (removed.size === 0 && added.objects.size === 0) return snapshot;
  const earlier = snapshot.patch;
  return earlier === undefined
    ? apply(snapshot, removed, added)
    : apply(earlier.base, union(earlier.removed, removed), merge(earlier.added, removed, added));
}

function apply(base: SchemaSnapshot, removed: ReadonlySet<ObjectId>, added: SnapshotPart): SchemaSnapshot {
  return {
    ...base,
    objects: new PatchedMap(base.objects, removed, added.objects),
    needs: new PatchedMap(base.needs, removed, added.needs),
    notes: new PatchedMap(base.notes, removed, added.notes),
    addresses: new PatchedMap(base.addresses, new Set(), added.addresses),
    patch: { base, removed, added },
  };
}

const union = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): ReadonlySet<T> => new Set([...one, ...other]);

const merge = (earlier: SnapshotPart, removed: ReadonlySet<ObjectId>, added: SnapshotPart): SnapshotPart => ({
  objects: overlay(earlier.objects, removed, added.objects),
  needs: overlay(earlier.needs, removed, added.needs),
  notes: overlay(earlier.notes, removed, added.notes),
  addresses: new Map([...earlier.addresses, ...added.addresses]),
});

const overlay = <Value>(
  earlier: ReadonlyMap<ObjectId, Value>,
  removed: ReadonlySet<ObjectId>,
  added: ReadonlyMap<ObjectId, Value>,
): ReadonlyMap<ObjectId, Value> => new Map([...[...earlier].filter(([id]) => !removed.has(id)), ...added]);

/** The ids in which a patched snapshot may differ from its base. */
export const patchedIds = ({ patch }: SchemaSnapshot): readonly ObjectId[] =>
  patch === undefined ? [] : [...patch.removed, ...patch.added.objects.keys()];

/**
 * The snapshot without the objects that the test refuses. The test is given the object and the snapshot, and must depend on nothing of it
 * but the object and those that it belongs to; so a patch is filtered in its few objects alone.
 */
export function filterSnapshot(snapshot: SchemaSnapshot, keep: Keep): SchemaSnapshot {
  if (snapshot.patch === undefined) return filterWhole(snapshot, keep);
  const { base, removed, added } = snapshot.patch;
  const objects = new Map([...added.objects].filter(([, object]) => keep(object, snapshot)));
  return apply(filterWhole(base, keep), union(removed, new Set(added.objects.keys())), { ...added, objects });
}

/** See `filterSnapshot`. */
export type Keep = (object: SchemaObject, snapshot: SchemaSnapshot) => boolean;

const filtered = new WeakMap<SchemaSnapshot, WeakMap<Keep, SchemaSnapshot>>();

/** Remembered, since the same whole is looked at in the same way again and again. */
function filterWhole(snapshot: SchemaSnapshot, keep: Keep): SchemaSnapshot {
  const known = filtered.get(snapshot) ?? new WeakMap<Keep, SchemaSnapshot>();
  filtered.set(snapshot, known);
  const result = known.get(keep) ?? keepOnly(snapshot, keep);
  known.set(keep, result);
  return result;
}

/** The same snapshot where nothing is left out, so that what is known of it stays known. */
function keepOnly(snapshot: SchemaSnapshot, keep: Keep): SchemaSnapshot {
  const objects = new Map([...snapshot.objects].filter(([, object]) => keep(object, snapshot)));
  return objects.size === snapshot.objects.size ? snapshot : { ...snapshot, objects };
}
