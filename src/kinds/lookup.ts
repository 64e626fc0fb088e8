import type { ObjectId, SchemaObject } from './kind.ts';
import { needsOf, type SchemaSnapshot } from './snapshot.ts';

/** Finds the ids of a snapshot under a key. */
type Lookup<Key> = (key: Key) => readonly ObjectId[];

/** Which keys an object is found under. */
type KeysOf<Key> = (object: SchemaObject, snapshot: SchemaSnapshot) => Iterable<Key>;

/**
 * Makes an index over snapshots: built once and remembered, for a patched one of the few objects of the patch.
 */
export function indexBy<Key>(keysOf: KeysOf<Key>): (snapshot: SchemaSnapshot) => Lookup<Key> {
  const remembered = new WeakMap<SchemaSnapshot, ReadonlyMap<Key, readonly ObjectId[]>>();
  /** Of all objects, or of a patched snapshot of those that the patch has. */
  const indexOf = (snapshot: SchemaSnapshot): ReadonlyMap<Key, readonly ObjectId[]> => {
    const { objects } = snapshot.patch?.added ?? snapshot;
    const index = remembered.get(snapshot) ?? buildIndex(objects.values(), snapshot, keysOf);
    remembered.set(snapshot, index);
    return index;
  };
  return (snapshot) => {
    const { patch } = snapshot;
    const index = indexOf(snapshot);
    if (patch === undefined) return (key) => index.get(key) ?? [];
    const whole = indexOf(patch.base);
    const isKept = (id: ObjectId): boolean => !patch.removed.has(id) && !patch.added.objects.has(id);
    return (key) => [...(whole.get(key) ?? []).filter(isKept), ...(index.get(key) ?? [])];
  };
}

function buildIndex<Key>(
  objects: Iterable<SchemaObject>,
  snapshot: SchemaSnapshot,
  keysOf: KeysOf<Key>,
): ReadonlyMap<Key, readonly ObjectId[]> {
  const index = new Map<Key, ObjectId[]>();
  for (const object of objects) {
    for (const key of keysOf(object, snapshot)) {
      const ids = index.get(key);
      if (ids === undefined) index.set(key, [object.id]);
      else ids.push(object.id);
    }
  }
  return index;
}

const listed = (id: ObjectId | undefined): readonly ObjectId[] => (id === undefined ? [] : [id]);

/** What directly vanishes with an object: the columns of a table. */
export const ownedIn = indexBy<ObjectId>((object) => listed(object.owner));

/** The graph of needs turned round: what directly needs an object. */
export const dependentsIn = indexBy<ObjectId>((object, snapshot) => needsOf(snapshot, object.id));

/** The objects of a dotted name, whatever their kind. */
export const namedIn = indexBy<string>((object) => [object.name]);

/** What repeats a parent's object in partitions and child tables. */
export const inheritorsIn = indexBy<ObjectId>((object, { notes }) => listed(notes.get(object.id)?.inheritedFrom));

/** What vanishes with an object that is not its owner: the parts of an index of a partitioned table. */
export const attachedIn = indexBy<ObjectId>((object, { notes }) => listed(notes.get(object.id)?.droppedWith));
