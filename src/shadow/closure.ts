import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';
import { membersOf, ownRoot, type Root, rootKey, rootOf } from '../kinds/root.ts';
import { sameValue } from '../kinds/sameValue.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';

/** What has to be made anew together. */
export interface Closure {
  readonly roots: ReadonlyMap<string, Root>;
  readonly members: ReadonlySet<ObjectId>;
  /**
   * Foreign keys of other tables that point here. They stay as they are, for as long as what they need is again what it was:
   * a table that hundreds of others point to is then no dearer than any other.
   */
  readonly pointers: readonly SchemaObject[];
  /** The roots that they point to, by key. */
  readonly pointedAt: ReadonlySet<string>;
}

const isForeignKey = (object: SchemaObject): boolean => (object as { readonly type?: string }).type === 'foreign key';

/**
 * The roots together with those that depend on them or are entangled with them: a view over a table, a partition and its whole.
 * @returns undefined when an object of the database's own depends on them
 */
export function closureOf(snapshot: SchemaSnapshot, start: ReadonlyMap<string, Root>): Closure | undefined {
  const dependents = dependentsIn(snapshot);
  const roots = new Map(start);
  const members = new Set<ObjectId>();
  const pointers: { readonly object: SchemaObject; readonly at: string }[] = [];
  for (const [key, root] of roots) {
    for (const id of membersOf(snapshot, [root])) {
      members.add(id);
      for (const other of [id, ...dependents(id), ...entangledWith(snapshot, id)]) {
        const object = snapshot.objects.get(other);
        if (object === undefined) continue;
        const outer = rootOf(object, snapshot);
        if (outer === undefined) return undefined;
        if (isForeignKey(object) && other !== id && !isSwitchedOff(snapshot, other)) pointers.push({ object, at: key });
        // A sequence behind a column belongs to its table, and has statements of its own.
        else for (const found of [outer, ownRoot(object) ?? outer]) roots.set(rootKey(found), found);
      }
    }
  }
  const outside = pointers.filter(({ object }) => !members.has(object.id));
  return {
    roots,
    members,
    pointers: outside.map(({ object }) => object),
    pointedAt: new Set(outside.map(({ at }) => at)),
  };
}

/** Switched off are the triggers of a key by a statement of either table, which has to come behind what makes the key. */
const isSwitchedOff = (snapshot: SchemaSnapshot, key: ObjectId): boolean =>
  dependentsIn(snapshot)(key).some((id) => snapshot.objects.get(id)?.kind === 'internal triggers');

/** A partition, or a table that inherits, is made from its parent and changes it in turn. */
function entangledWith(snapshot: SchemaSnapshot, id: ObjectId): readonly ObjectId[] {
  const kind = snapshot.objects.get(id)?.kind;
  if (kind !== 'table' && kind !== 'partition') return [];
  return [...needsOf(snapshot, id)].filter((need) => snapshot.objects.get(need)?.kind === 'table');
}

/** The foreign keys among the pointers for which something is no longer what it was, by the roots of their tables. */
export function brokenPointers(closure: Closure, before: SchemaSnapshot, after: SchemaSnapshot): ReadonlyMap<string, Root> {
  const isBroken = ({ id }: SchemaObject): boolean =>
    [...needsOf(before, id)].some((need) => closure.members.has(need) && !sameValue(before.objects.get(need), after.objects.get(need)));
  const roots = closure.pointers.filter(isBroken).flatMap((pointer) => rootOf(pointer, before) ?? []);
  return new Map(roots.map((root) => [rootKey(root), root]));
}
