import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { ownedIn } from '../kinds/lookup.ts';
import type { Owner } from '../kinds/owners.ts';
import { patchSnapshot } from '../kinds/patch.ts';
import { type Privileges, underOwner } from '../kinds/privileges.ts';
import type { SchemaSnapshot, SnapshotPart } from '../kinds/snapshot.ts';
import { diffSnapshots } from './diffSnapshots.ts';

/** How two states of a database are told apart in their owners. */
export interface OwnerRule {
  /** Which of the two says what owners should be. */
  readonly stating: 'snapshot' | 'reference';
  /** The names of objects to which it gives an owner in so many words, which may be the role that migrates; see `statedOwners`. */
  readonly stated: () => ReadonlySet<string>;
}

/**
 * The snapshot with the owners of a reference for every object that both have and whose owner is not stated: an owner of whom nothing is said
 * is nobody's wish, and stays who it is. Privileges are brought along, since they are relative to the owner.
 */
export function keepOwners(snapshot: SchemaSnapshot, reference: SchemaSnapshot, { stating, stated }: OwnerRule): SchemaSnapshot {
  const differing = diffSnapshots(reference, snapshot).filter(({ before, after }) => (after ?? before)?.kind === 'owner');
  if (differing.length === 0) return snapshot;
  const names = stated();
  const side = stating === 'snapshot' ? snapshot : reference;
  const kept = differing.flatMap(({ id, before, after }): readonly Kept[] => {
    const owned = snapshot.objects.get((after ?? before)?.owner ?? id);
    if (owned === undefined || !reference.objects.has(owned.id) || followsTable(owned)) return [];
    const isStated = (side.objects.has(id) && !isEverywhere(owned)) || namesOf(owned).some((name) => names.has(name));
    return isStated ? [] : [{ id, owned: owned.id, owner: before as Owner | null }];
  });
  return withOwners(snapshot, reference, kept);
}

/** Whom `public` belongs to is said by PostgreSQL in every database. */
const isEverywhere = ({ id }: SchemaObject): boolean => id === 'schema:public';

/** The sequence of a column belongs to whom the table belongs to. */
const followsTable = ({ kind, owner }: SchemaObject): boolean => kind === 'sequence' && owner !== undefined;

/** The object's name, and a routine's without its arguments. */
const namesOf = ({ name }: SchemaObject): readonly string[] => [name, name.replace(/[\s(].*$/s, '')];

interface Kept {
  readonly id: ObjectId;
  readonly owned: ObjectId;
  /** Null for the role that migrates. */
  readonly owner: Owner | null;
}

function withOwners(snapshot: SchemaSnapshot, reference: SchemaSnapshot, kept: readonly Kept[]): SchemaSnapshot {
  const before = kept.flatMap(({ owned, owner }) =>
    [...privilegesUnder(owned, snapshot)].map((object) => ({ object, role: owner?.role ?? 'CURRENT_USER' })),
  );
  const passed = before.map(({ object, role }) => underOwner(object, role)).filter(isSomething);
  const given = kept.flatMap(({ owner }) => owner ?? []);
  const [ofOwners, ofPrivileges] = [partOf(reference, given), partOf(snapshot, passed)];
  return patchSnapshot(snapshot, new Set([...kept.map(({ id }) => id), ...before.map(({ object }) => object.id)]), {
    objects: new Map([...ofOwners.objects, ...ofPrivileges.objects]),
    needs: new Map([...ofOwners.needs, ...ofPrivileges.needs]),
    notes: new Map([...ofOwners.notes, ...ofPrivileges.notes]),
    addresses: new Map(),
  });
}

const isSomething = ({ granted, revoked }: Privileges): boolean => granted.length + revoked.length > 0;

/** The privileges on an object, on its columns, and on the sequences behind those. */
function* privilegesUnder(id: ObjectId, snapshot: SchemaSnapshot): Iterable<Privileges> {
  for (const part of ownedIn(snapshot)(id)) {
    const object = snapshot.objects.get(part);
    if (object?.kind === 'privileges') yield object as Privileges;
    yield* privilegesUnder(part, snapshot);
  }
}

/** Some objects, with what the snapshot knows of those ids. */
function partOf(snapshot: SchemaSnapshot, objects: readonly SchemaObject[]): SnapshotPart {
  const known = <Value>(values: ReadonlyMap<ObjectId, Value>) =>
    new Map(objects.flatMap(({ id }) => (values.has(id) ? [[id, values.get(id) as Value] as const] : [])));
  return {
    objects: new Map(objects.map((object) => [object.id, object])),
    needs: known(snapshot.needs),
    notes: known(snapshot.notes),
    addresses: new Map(),
  };
}
