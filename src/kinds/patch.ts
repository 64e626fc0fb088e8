import type { ObjectId, SchemaObject } from './kind.ts';
import { sameValue } from './sameValue.ts';
import type { Patch, SchemaSnapshot, SnapshotPart } from './snapshot.ts';

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
 * The snapshot with some objects taken out and others put in. A patch of a patch is one patch of the first, so that no chain grows, and
 * what is again as it was there is no part of it: a patch is as large as the difference, however long a session takes.
 */
export function patchSnapshot(snapshot: SchemaSnapshot, removed: ReadonlySet<ObjectId>, added: SnapshotPart): SchemaSnapshot {
  if (removed.size === 0 && added.objects.size === 0) return snapshot;
  const { base, ...earlier } = snapshot.patch ?? { base: snapshot, removed: NONE, added: NOTHING };
  const isLeft = (id: ObjectId): boolean => !removed.has(id) && !added.objects.has(id);
  const isNew = (id: ObjectId): boolean => !isAsIn(base, id, added);
  const gone = [...removed].filter((id) => base.objects.has(id) && isNew(id));
  return apply(
    base,
    new Set([...[...earlier.removed].filter(isLeft), ...gone]),
    // The addresses of what was made anew are new, though all else may be as it was.
    merge(filterPart(earlier.added, isLeft), { ...filterPart(added, isNew), addresses: added.addresses }),
  );
}

const NONE: ReadonlySet<ObjectId> = new Set();
const NOTHING: SnapshotPart = { objects: new Map(), needs: new Map(), notes: new Map(), addresses: new Map() };

/** Does a part say the same of an object as the whole does? */
function isAsIn(whole: SchemaSnapshot, id: ObjectId, part: SnapshotPart): boolean {
  const [needs, others] = [part.needs.get(id) ?? NONE, whole.needs.get(id) ?? NONE];
  return (
    part.objects.has(id) &&
    sameValue(part.objects.get(id), whole.objects.get(id)) &&
    sameValue(part.notes.get(id), whole.notes.get(id)) &&
    needs.size === others.size &&
    [...needs].every((need) => others.has(need))
  );
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

const merge = (one: SnapshotPart, other: SnapshotPart): SnapshotPart => ({
  objects: new Map([...one.objects, ...other.objects]),
  needs: new Map([...one.needs, ...other.needs]),
  notes: new Map([...one.notes, ...other.notes]),
  addresses: new Map([...one.addresses, ...other.addresses]),
});
function filterPart(part: SnapshotPart, keep: (id: ObjectId) => boolean): SnapshotPart {
  const ofKept = <Value>(map: ReadonlyMap<ObjectId, Value>) => new Map([...map].filter(([id]) => keep(id)));
  return {
    objects: ofKept(part.objects),
    needs: ofKept(part.needs),
    notes: ofKept(part.notes),
    addresses: new Map([...part.addresses].filter(([, id]) => keep(id))),
  };
}

/** The ids in which patches may differ from what they were made from, and so those of one whole from each other. */
export const patchedIds = (...snapshots: readonly SchemaSnapshot[]): ReadonlySet<ObjectId> =>
  new Set(snapshots.flatMap(({ patch }) => (patch === undefined ? [] : [...patch.removed, ...patch.added.objects.keys()])));

/**
 * The snapshot without the objects that the test refuses. The test is given the object and the snapshot, and must depend on nothing of it
 * but the object and those that it belongs to; so a patch is filtered in its few objects alone. Remembered, since the same snapshot is looked
 * at in the same way again and again.
 */
export function filterSnapshot(snapshot: SchemaSnapshot, keep: Keep): SchemaSnapshot {
  const known = filtered.get(snapshot) ?? new WeakMap<Keep, SchemaSnapshot>();
  filtered.set(snapshot, known);
  const result =
    known.get(keep) ?? (snapshot.patch === undefined ? filterWhole(snapshot, keep) : filterPatch(snapshot, snapshot.patch, keep));
  known.set(keep, result);
  return result;
}

/** See `filterSnapshot`. */
export type Keep = (object: SchemaObject, snapshot: SchemaSnapshot) => boolean;

const filtered = new WeakMap<SchemaSnapshot, WeakMap<Keep, SchemaSnapshot>>();

function filterPatch(snapshot: SchemaSnapshot, { base, removed, added }: Patch, keep: Keep): SchemaSnapshot {
  const objects = new Map([...added.objects].filter(([, object]) => keep(object, snapshot)));
  return apply(filterSnapshot(base, keep), union(removed, new Set(added.objects.keys())), { ...added, objects });
}

/** The same snapshot where nothing is left out, so that what is known of it stays known. */
function filterWhole(snapshot: SchemaSnapshot, keep: Keep): SchemaSnapshot {
  const objects = new Map([...snapshot.objects].filter(([, object]) => keep(object, snapshot)));
  return objects.size === snapshot.objects.size ? snapshot : { ...snapshot, objects };
}
