import type { ObjectId, SchemaObject } from './kind.ts';
import { dependentsIn, indexBy, inheritorsIn, ownedIn } from './lookup.ts';
import type { SchemaSnapshot } from './snapshot.ts';

/**
 * A relation, a routine (all that share the name) or a type: what a schema can be read by piecewise. Everything that vanishes with one
 * belongs to it: its columns, indexes, triggers, comments.
 */
export interface Root {
  readonly sort: 'relation' | 'routine' | 'type';
  readonly schema: string;
  readonly name: string;
}

/** A root as one string; `rootAt` reads it back. */
export const rootKey = ({ sort, schema, name }: Root): string => `${sort} ${JSON.stringify([schema, name])}`;

/** The root of a key that `rootKey` wrote. */
export function rootAt(key: string): Root {
  const space = key.indexOf(' ');
  const [schema, name] = JSON.parse(key.slice(space)) as [string, string];
  return { sort: key.slice(0, space) as Root['sort'], schema, name };
}

const SORTS: Readonly<Record<string, Root['sort']>> = {
  table: 'relation',
  'foreign table': 'relation',
  view: 'relation',
  'materialized view': 'relation',
  sequence: 'relation',
  routine: 'routine',
  aggregate: 'routine',
  enum: 'type',
  domain: 'type',
  'composite type': 'type',
  'base type': 'type',
  range: 'type',
};

/** The property that holds the name of an object of each kind that is a root. */
const NAMES: Readonly<Record<string, string>> = {
  'foreign table': 'table',
  'materialized view': 'view',
  enum: 'type',
  'composite type': 'type',
  'base type': 'type',
  range: 'type',
};

/** The sort of root that the objects of a kind are; undefined for kinds that are parts of something else, or the database's own. */
export const sortOf = (kind: string): Root['sort'] | undefined => SORTS[kind];

/** What the object is by itself, without its owner; undefined for what is no relation, routine or type. */
export function ownRoot(object: SchemaObject | undefined): Root | undefined {
  const sort = object && SORTS[object.kind];
  if (object === undefined || sort === undefined) return undefined;
  const { schema } = object as SchemaObject & { readonly schema: string };
  return { sort, schema, name: String(Reflect.get(object, NAMES[object.kind] ?? object.kind)) };
}

/** What the object vanishes with in the end: a comment's column's table. */
export function outermost(object: SchemaObject, snapshot: SchemaSnapshot): SchemaObject {
  const parent = object.owner === undefined ? undefined : snapshot.objects.get(object.owner);
  return parent === undefined ? object : outermost(parent, snapshot);
}

/** The root that the object belongs to; undefined for what is the database's own (a cast, an extension). */
export const rootOf = (object: SchemaObject, snapshot: SchemaSnapshot): Root | undefined => ownRoot(outermost(object, snapshot));

const standingAt = indexBy<string>((object) => {
  const root = ownRoot(object);
  return root === undefined ? [] : [rootKey(root)];
});

/** Everything that a snapshot has of some roots. */
export function membersOf(snapshot: SchemaSnapshot, roots: Iterable<Root>): ReadonlySet<ObjectId> {
  const at = standingAt(snapshot);
  const owned = ownedIn(snapshot);
  const members = new Set([...roots].flatMap((root) => at(rootKey(root))));
  for (const id of members) for (const part of owned(id)) members.add(part);
  return members;
}

/**
 * The roots of the objects and of all that depends on them or repeats them in a child table, however far: where a change of the objects can show.
 * @returns undefined when one of them is the database's own, so that only the whole will do
 */
export function affectedRoots(snapshot: SchemaSnapshot, ids: Iterable<ObjectId>): ReadonlyMap<string, Root> | undefined {
  const [dependents, inheritors] = [dependentsIn(snapshot), inheritorsIn(snapshot)];
  const reached = new Set(ids);
  const roots = new Map<string, Root>();
  for (const id of reached) {
    const object = snapshot.objects.get(id);
    if (object === undefined) continue;
    const root = rootOf(object, snapshot);
    if (root === undefined) return undefined;
    roots.set(rootKey(root), root);
    for (const dependent of [...dependents(id), ...inheritors(id)]) reached.add(dependent);
  }
  return roots;
}
