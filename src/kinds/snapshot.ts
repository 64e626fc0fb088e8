import type { ObjectId, SchemaObject } from './kind.ts';

/** What is known of an object beside what is compared. */
export interface ObjectNote {
  readonly position: number;
  readonly inheritedFrom: ObjectId | undefined;
  readonly droppedWith: ObjectId | undefined;
  readonly implied: boolean;
}

/** An object of a kind that the project does not model; it is named as a warning, never touched. */
export interface Unmodelled {
  readonly kind: string;
  readonly name: string;
}

/** Everything that one server says of one database's schema, in canonical form. */
export interface SchemaSnapshot {
  /** e.g. `18.4`. */
  readonly serverVersion: string;
  readonly majorVersion: number;
  readonly objects: ReadonlyMap<ObjectId, SchemaObject>;
  /** What each object directly needs, as pg_depend records it and as kinds add to it. */
  readonly needs: ReadonlyMap<ObjectId, ReadonlySet<ObjectId>>;
  readonly notes: ReadonlyMap<ObjectId, ObjectNote>;
  readonly unmodelled: readonly Unmodelled[];
}

const NOTHING: ReadonlySet<ObjectId> = new Set();

/** What an object directly needs; empty for one that the snapshot does not have. */
export const needsOf = (snapshot: SchemaSnapshot, id: ObjectId): ReadonlySet<ObjectId> => snapshot.needs.get(id) ?? NOTHING;

/** The graph of needs turned round: what directly needs each object. */
export function dependentsOf(snapshot: SchemaSnapshot): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const dependents = new Map<ObjectId, ObjectId[]>();
  for (const [id, needs] of snapshot.needs) {
    for (const need of needs) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [id]);
      else list.push(id);
    }
  }
  return dependents;
}

/** The snapshot without the objects that the test refuses. */
export function filterSnapshot(snapshot: SchemaSnapshot, keep: (object: SchemaObject) => boolean): SchemaSnapshot {
  const objects = new Map([...snapshot.objects].filter(([, object]) => keep(object)));
  return { ...snapshot, objects };
}
