import type { Address, ObjectId, SchemaObject } from './kind.ts';

/** What is known of an object beside what is compared. */
export interface ObjectNote {
  readonly position: number;
  readonly inheritedFrom: ObjectId | undefined;
  readonly droppedWith: ObjectId | undefined;
  readonly implied: boolean;
  /** See `Introspected`. */
  readonly madeUpName?: string | undefined;
  /** See `Introspected`. */
  readonly leaves?: readonly string[] | undefined;
  /** See `Introspected`. */
  readonly condition?: string | undefined;
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
  /** Which object stands at an address of this one database; for reading a part of it again. */
  readonly addresses: ReadonlyMap<Address, ObjectId>;
  readonly unmodelled: readonly Unmodelled[];
  /** Where the snapshot differs from another one, when it was made as a patch of that (see patch.ts). */
  readonly patch?: Patch | undefined;
}

/** How a snapshot was made from another: what was taken out of that, and what was put in. */
export interface Patch {
  readonly base: SchemaSnapshot;
  readonly removed: ReadonlySet<ObjectId>;
  readonly added: SnapshotPart;
}

/** Some objects of a snapshot with everything that is known of them. */
export type SnapshotPart = Pick<SchemaSnapshot, 'objects' | 'needs' | 'notes' | 'addresses'>;

const NOTHING: ReadonlySet<ObjectId> = new Set();

/** What an object directly needs; empty for one that the snapshot does not have. */
export const needsOf = (snapshot: SchemaSnapshot, id: ObjectId): ReadonlySet<ObjectId> => snapshot.needs.get(id) ?? NOTHING;
