import { fail } from '../errors.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ChangeInfo } from '../protocol/methods.ts';

/** `public.posts.title` shall be called `headline`. */
export interface RenameRequest {
  /** The present name, dotted and unquoted. */
  readonly path: string;
  readonly name: string;
  /** Stated in a model, where it stays after it was done: then a name that is gone already is no mistake. */
  readonly isDeclared?: boolean | undefined;
}

/** A rename that the head of history needs. */
export interface Rename {
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
  return {
    path: flag.slice(0, colon),
    name:
      flag
        .slice(colon + 1)
        .split('.')
        .at(-1) ?? '',
  };
}

/**
 * The renames among the requests that still have to be done: the old object is there, and the new name is wanted but not yet there.
 * @throws USAGE  for a flag that names nothing
 */
export function pendingRenames(requests: readonly RenameRequest[], from: SchemaSnapshot, to: SchemaSnapshot): readonly Rename[] {
  return requests.flatMap((request) => {
    const before = findRenamable(request, from, to);
    if (before !== undefined) return [renameOf(before, request.name)];
    if (request.isDeclared) return [];
    throw fail('USAGE', {
      problem: `--rename ${request.path}:${request.name} does not fit: ${request.path} must be gone from the models and ${request.name} be new in them`,
    });
  });
}

const named = (path: string, snapshot: SchemaSnapshot): readonly SchemaObject[] =>
  [...snapshot.objects.values()].filter((object) => object.name === path && kindOf(object).rename !== undefined);

function findRenamable({ path, name }: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): SchemaObject | undefined {
  const target = [...path.split('.').slice(0, -1), name].join('.');
  const wanted = named(target, to);
  return named(path, from).find(
    ({ id, kind }) => !to.objects.has(id) && wanted.some((object) => object.kind === kind && !from.objects.has(object.id)),
  );
}

/** Which property of an object holds the last part of its name; by custom it is named after the kind. */
function withName(object: SchemaObject, name: string): SchemaObject {
  const last = object.name.split('.').at(-1);
  const key = Object.entries(object).findLast(([property, value]) => value === last && property !== 'name' && property !== 'id')?.[0];
  return { ...object, name: [...object.name.split('.').slice(0, -1), name].join('.'), ...(key === undefined ? {} : { [key]: name }) };
}

function renameOf(before: SchemaObject, name: string): Rename {
  const after = withName(before, name);
  const kind = kindOf(before);
  return {
    up: kind.rename?.(before, after) ?? [],
    down: kind.rename?.(after, before) ?? [],
    change: { action: 'rename', kind: before.kind, name: `${before.name} to ${name}`, hazards: ['RENAMES'] },
  };
}

/** The ids of objects that are gone in one snapshot and new in another of the same kind and owner: what a rename may have done. */
export function renameCandidates(id: ObjectId, from: SchemaSnapshot, to: SchemaSnapshot): readonly SchemaObject[] {
  const before = from.objects.get(id);
  if (before === undefined) return [];
  return [...to.objects.values()].filter(
    (object) => object.kind === before.kind && object.owner === before.owner && !from.objects.has(object.id) && resembles(before, object),
  );
}

/** Columns of one type, or tables that share most of their name: worth a question, never a decision. */
const resembles = (before: SchemaObject, after: SchemaObject): boolean =>
  !('type' in before) || !('type' in after) || before.type === after.type;
