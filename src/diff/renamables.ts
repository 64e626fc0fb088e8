import type { SchemaObject } from '../kinds/kind.ts';
import { indexBy } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** What can get another name in place: an object, or a member of one such as the value of an enum. */
export interface Renamable {
  /** `table`, `column`, `enum value`… */
  readonly kind: string;
  /** Tells it from everything else of a snapshot. */
  readonly id: string;
  /** Dotted and unquoted, for messages: `public.posts.title`. */
  readonly name: string;
  /** Its own name, without what it lies in. */
  readonly own: string;
  /** What stands before it in the dotted name, with the dot: `public.posts.`. */
  readonly place: string;
  /** Itself, or the object that it is a member of. */
  readonly object: SchemaObject;
  readonly isMember: boolean;
  /** Its type, for a member that has one. */
  readonly type?: string | undefined;
}

/** Which property holds an object's own name, the last part of its dotted one, which may have dots itself; schema and table come before it. */
export function ownKey(object: SchemaObject): string {
  if (typeof Reflect.get(object, object.kind) === 'string') return object.kind;
  const isEnd = (value: unknown) => typeof value === 'string' && (object.name === value || object.name.endsWith(`.${value}`));
  const keys = Object.entries(object).filter(([key, value]) => !['kind', 'id', 'name', 'owner'].includes(key) && isEnd(value));
  return (keys.find(([key]) => key !== 'schema') ?? keys[0])?.[0] ?? 'name';
}

/** Where an object's own name begins in its dotted one; behind that of a routine stand the types of its arguments. */
function startOf(object: SchemaObject, own: string): number {
  return object.name.endsWith(own) ? object.name.length - own.length : Math.max(0, object.name.lastIndexOf(`${own}(`));
}

function itself(object: SchemaObject): Renamable {
  const own = String(Reflect.get(object, ownKey(object)));
  const place = object.name.slice(0, startOf(object, own));
  return { kind: object.kind, id: object.id, name: object.name, own, place, object, isMember: false };
}

function membersOf(object: SchemaObject): readonly Renamable[] {
  const { members } = kindOf(object);
  if (members === undefined) return [];
  return members.of(object).map(({ name, type }) => ({
    kind: members.kind,
    id: `${members.kind}:${object.id}.${name}`,
    name: `${object.name}.${name}`,
    own: name,
    place: `${object.name}.`,
    object,
    isMember: true,
    type,
  }));
}

/** What an object has that can be renamed: itself, where its kind can, and its members. */
export const renamablesOf = (object: SchemaObject): readonly Renamable[] => [
  ...(kindOf(object).rename === undefined ? [] : [itself(object)]),
  ...membersOf(object),
];

/**
 * The dotted names that a renamable is found under: its own, a routine's also without arguments, an index's also behind its table.
 */
export function pathsOf({ name, place, own, object, isMember }: Renamable): readonly string[] {
  const { schema, table } = object as SchemaObject & { readonly schema?: string; readonly table?: string };
  const behindTable = isMember || schema === undefined || table === undefined || table === own ? [] : [`${schema}.${table}.${own}`];
  return [...new Set([name, place + own, ...behindTable])];
}

const objectsAt = indexBy<string>((object) => new Set(renamablesOf(object).flatMap(pathsOf)));

/** Everything of a snapshot that a dotted name may mean. */
export const findRenamables = (snapshot: SchemaSnapshot, path: string): readonly Renamable[] =>
  objectsAt(snapshot)(path)
    .flatMap((id) => snapshot.objects.get(id) ?? [])
    .flatMap(renamablesOf)
    .filter((found) => pathsOf(found).includes(path));

/** Is it in that snapshot too, under the same name? */
export function isIn(snapshot: SchemaSnapshot, { id, object, isMember }: Renamable): boolean {
  const there = snapshot.objects.get(object.id);
  return there !== undefined && (!isMember || membersOf(there).some((member) => member.id === id));
}

/** Names that it takes from all others: its own, and what its kind claims. */
export function claimsOf({ id, own, object, isMember }: Renamable): readonly string[] {
  const kind = kindOf(object);
  return [id, ...((isMember ? kind.members?.claims?.(object, own) : kind.claims?.(object)) ?? [])];
}

/** Can rows be lost with it? */
export const holdsData = ({ object, isMember }: Renamable): boolean =>
  (isMember ? kindOf(object).members?.holdsData : kindOf(object).holdsData?.(object)) ?? false;

/** Can it be taken to another schema in place? What belongs to something else moves with that. */
export const canMove = ({ object, isMember }: Renamable): boolean =>
  !isMember && object.owner === undefined && kindOf(object).moves === true;

/** What something shall be called, and in which schema it shall be; without one, where it is. */
export interface NewName {
  readonly name: string;
  readonly schema?: string | undefined;
}

/** The object with one of its names changed, as PostgreSQL would have it; what it owns keeps its old path. */
export function withName({ object, own, place, isMember }: Renamable, { name, schema }: NewName): SchemaObject {
  if (isMember) return object;
  const start = schema === undefined ? place : `${schema}.`;
  const moved = schema === undefined ? object : Object.assign({ ...object }, { schema });
  return { ...moved, [ownKey(object)]: name, name: start + name + object.name.slice(place.length + own.length) };
}

/** The statements that give it another name. */
export function renameStatements(renamable: Renamable, to: NewName): readonly string[] {
  const { object, own, isMember } = renamable;
  const kind = kindOf(object);
  return (isMember ? kind.members?.rename(object, own, to.name) : kind.rename?.(object, withName(renamable, to))) ?? [];
}

/** The statements that give it its name back. */
export function renameBackStatements(renamable: Renamable, to: NewName): readonly string[] {
  const { object, own, isMember } = renamable;
  const kind = kindOf(object);
  return (isMember ? kind.members?.rename(object, to.name, own) : kind.rename?.(withName(renamable, to), object)) ?? [];
}
