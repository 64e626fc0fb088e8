import { idOf } from '../kinds/identifier.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { Membership } from '../kinds/memberships.ts';
import { patchSnapshot } from '../kinds/patch.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** Is it a role, or what one has of another? Such objects are read apart from databases. */
export const isAboutRoles = ({ kind }: SchemaObject): boolean => kind === 'role' || kind === 'membership';

/** The snapshot with these roles and memberships, and no others. */
export function withRoles(snapshot: SchemaSnapshot, objects: readonly SchemaObject[]): SchemaSnapshot {
  if (objects.length === 0) return withoutRoles(snapshot);
  const note = { position: 0, inheritedFrom: undefined, droppedWith: undefined, implied: false };
  return patchSnapshot(withoutRoles(snapshot), new Set(), {
    objects: new Map(objects.map((object) => [object.id, object])),
    needs: new Map(objects.map((object) => [object.id, needsOf(object)])),
    notes: new Map(objects.map(({ id }) => [id, note])),
    addresses: new Map(),
  });
}

function needsOf(object: SchemaObject): ReadonlySet<ObjectId> {
  if (object.kind !== 'membership') return new Set();
  const { group, member } = object as Membership;
  return new Set([idOf('role', group), idOf('role', member)]);
}

/** The roles and memberships of a snapshot. */
export const rolesIn = (snapshot: SchemaSnapshot): readonly SchemaObject[] =>
  [...(snapshot.patch?.added.objects ?? snapshot.objects).values()].filter(isAboutRoles);

/** The snapshot as a database itself says it. */
export function withoutRoles(snapshot: SchemaSnapshot): SchemaSnapshot {
  return patchSnapshot(snapshot, new Set(rolesIn(snapshot).map(({ id }) => id)), NOTHING);
}

const NOTHING = { objects: new Map(), needs: new Map(), notes: new Map(), addresses: new Map() };
