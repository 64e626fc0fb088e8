import { fail } from '../errors.ts';
import { byId, type ObjectId, type SchemaObject } from '../kinds/kind.ts';
import { namedIn } from '../kinds/lookup.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ChangeInfo } from '../protocol/methods.ts';

/** `public.posts.title` shall be called `headline`. */
export interface RenameRequest {
  /** The present name, dotted and unquoted. */
  readonly path: string;
  /** The new one, alone or dotted like the present one. */
  readonly name: string;
  /** Stated in a model, where it stays after it was done: then a name that is gone already is no mistake. */
  readonly isDeclared?: boolean | undefined;
}

/** A rename that the head of history needs. */
export interface Rename {
  readonly before: SchemaObject;
  /** The same object under its new name, with its parts as they were. */
  readonly after: SchemaObject;
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly change: ChangeInfo;
}

/** Reads the value of `--rename`: `public.posts.title:headline`. @throws USAGE */
export function parseRename(flag: string): RenameRequest {
  const colon = flag.lastIndexOf(':');
  if (colon < 1 || colon === flag.length - 1) {
    throw fail('USAGE', {
      problem: `--rename ${flag} does not say what becomes what`,
      help: 'Write it as --rename public.posts.title:headline.',
    });
  }
  return { path: flag.slice(0, colon), name: flag.slice(colon + 1) };
}

/**
 * The renames among the requests that still have to be done: the old object is there, and the new name is wanted but not yet there.
 * @throws USAGE  for a flag that names nothing
 */
export function pendingRenames(requests: readonly RenameRequest[], from: SchemaSnapshot, to: SchemaSnapshot): readonly Rename[] {
  return requests.flatMap((request) => {
    const pair = findRenamable(request, from, to);
    if (pair !== undefined) return [renameOf(pair)];
    if (request.isDeclared) return [];
    throw fail('USAGE', {
      problem: `--rename ${request.path}:${request.name} does not fit: ${request.path} must be gone from the models and ${request.name} be new in them`,
    });
  });
}

const named = (path: string, snapshot: SchemaSnapshot): readonly SchemaObject[] =>
  namedIn(snapshot)(path)
    .flatMap((id) => snapshot.objects.get(id) ?? [])
    .filter((object) => kindOf(object).rename !== undefined);

/** An object of the head, and the one of the models that takes its place under the new name. */
interface Pair {
  readonly before: SchemaObject;
  readonly wanted: SchemaObject;
}

function findRenamable({ path, name }: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): Pair | undefined {
  const gone = named(path, from).filter(({ id }) => !to.objects.has(id));
  for (const before of gone) {
    const target = prefixOf(before) + name;
    const wanted = [...named(target, to), ...named(name, to)].find(
      (object) => object.kind === before.kind && prefixOf(object) === prefixOf(before) && !from.objects.has(object.id),
    );
    if (wanted !== undefined) return { before, wanted };
  }
  return undefined;
}

/** Which property holds an object's own name, the last part of its dotted one, which may have dots itself; schema and table come before it. */
function ownKey(object: SchemaObject): string | undefined {
  const isEnd = (value: unknown) => typeof value === 'string' && (object.name === value || object.name.endsWith(`.${value}`));
  const keys = Object.entries(object).filter(([key, value]) => !['kind', 'id', 'name', 'owner'].includes(key) && isEnd(value));
  return keys.find(([key]) => key === object.kind)?.[0] ?? keys.find(([key]) => key !== 'schema')?.[0] ?? keys[0]?.[0];
}

/** The name of an object within its schema or table. */
export const ownName = (object: SchemaObject): string => String(Reflect.get(object, ownKey(object) ?? 'name'));

/** What stands before it in the dotted name, with the dot. */
const prefixOf = (object: SchemaObject): string => object.name.slice(0, object.name.length - ownName(object).length);

function renameOf({ before, wanted }: Pair): Rename {
  const name = ownName(wanted);
  const after = { ...before, name: wanted.name, [ownKey(before) ?? 'name']: name };
  const kind = kindOf(before);
  return {
    before,
    after,
    up: kind.rename?.(before, after) ?? [],
    down: kind.rename?.(after, before) ?? [],
    change: { action: 'rename', kind: before.kind, name: `${before.name} to ${name}`, hazards: ['RENAMES'] },
  };
}

/** The ids of objects that are gone in one snapshot and new in another of the same kind and owner: what a rename may have done. */
export function renameCandidates(id: ObjectId, from: SchemaSnapshot, to: SchemaSnapshot): readonly SchemaObject[] {
  const before = from.objects.get(id);
  if (before === undefined) return [];
  return [...to.objects.values()]
    .filter(
      (object) => object.kind === before.kind && object.owner === before.owner && !from.objects.has(object.id) && resembles(before, object),
    )
    .toSorted(byId);
}

/** Columns of one type, and whatever has no type: worth a question, never a decision. */
const resembles = (before: SchemaObject, after: SchemaObject): boolean =>
  !('type' in before) || !('type' in after) || before.type === after.type;
