import type { ObjectId, SchemaObject } from './kind.ts';
import { dependentsIn, ownedIn } from './lookup.ts';
import { affectedRoots, membersOf, outermost, type Root, rootKey, rootOf } from './root.ts';
import { sameValue } from './sameValue.ts';
import { needsOf, type SchemaSnapshot } from './snapshot.ts';

/** What is printed with whole lists of the columns that its tables have, so that a new one can show in it. */
const NAMING_COLUMNS = ['view', 'materialized view', 'rule', 'policy', 'routine'];

type Named = { readonly name: string };

/** Names inside objects that are no objects themselves, and yet are printed elsewhere: the label of an enum in a default. */
const INNER_NAMES: Readonly<Record<string, (object: any) => readonly string[]>> = {
  enum: ({ labels }) => labels,
  // Columns are stored as it is where nothing else is said, and functions go along with it once it is made of them.
  'base type': ({ options }) => [options.join()],
  // The name of its multirange is among them where it is not the usual one.
  range: ({ options }) => [options.join()],
  'composite type': ({ attributes }) => attributes.map(({ name }: Named) => name),
  view: ({ columns }) => columns.map(({ name }: Named) => name),
  'materialized view': ({ definition }) => [definition],
};

const innerNames = (object: SchemaObject | undefined): readonly string[] =>
  object === undefined ? [] : (INNER_NAMES[object.kind]?.(object) ?? []);

/**
 * Where a change can show although nothing was changed there: PostgreSQL prints a view with the names that its tables have now.
 * @param changed  the roots in which `after` differs from `before`, which depend on each other as they did
 * @returns undefined when the change can show in something of the database's own, so that only the whole will do
 */
export function rootsShowing(
  before: SchemaSnapshot,
  after: SchemaSnapshot,
  changed: readonly Root[],
): ReadonlyMap<string, Root> | undefined {
  const members = [...membersOf(before, changed)];
  const everywhere = affectedRoots(before, [
    ...members.filter((id) => losesNames(before.objects.get(id), after.objects.get(id))),
    ...passingDown(before, after, changed),
  ]);
  return everywhere && new Map([...everywhere, ...rootsNamingColumns(before, reshaped(before, after, members))]);
}

/** What is gone counts as renamed: PostgreSQL drops what depends on it, or the new name shows there. */
function losesNames(before: SchemaObject | undefined, after: SchemaObject | undefined): boolean {
  const names = innerNames(after);
  return after === undefined || innerNames(before).some((name) => !names.includes(name));
}

/** What of a table shows in the partitions below it: where they belong, and how its triggers fire. */
const PASSED_DOWN = ['partition', 'trigger', 'partition trigger'];

/** The tables of which such things changed, and those above them: where a partition belongs, its default sibling does not. */
function passingDown(before: SchemaSnapshot, after: SchemaSnapshot, changed: readonly Root[]): readonly ObjectId[] {
  return [before, after].flatMap((side) =>
    [...membersOf(side, changed)].flatMap((id) => {
      const object = side.objects.get(id);
      const isChanged =
        object !== undefined && PASSED_DOWN.includes(object.kind) && !sameValue(before.objects.get(id), after.objects.get(id));
      if (!isChanged) return [];
      return [outermost(object, side).id, ...(object.kind === 'partition' ? needsOf(side, id) : [])];
    }),
  );
}

/** Those that got columns or lost them. */
function reshaped(before: SchemaSnapshot, after: SchemaSnapshot, ids: readonly ObjectId[]): readonly ObjectId[] {
  const columns = (owned: (id: ObjectId) => readonly ObjectId[], id: ObjectId): string =>
    owned(id)
      .filter((part) => part.startsWith('column:'))
      .sort()
      .join();
  const [was, is] = [ownedIn(before), ownedIn(after)];
  return ids.filter((id) => columns(was, id) !== columns(is, id));
}

function rootsNamingColumns(snapshot: SchemaSnapshot, ids: readonly ObjectId[]): ReadonlyMap<string, Root> {
  const dependents = dependentsIn(snapshot);
  const reached = new Set(ids);
  const roots = new Map<string, Root>();
  for (const id of reached) {
    const object = snapshot.objects.get(id);
    const root = object !== undefined && NAMING_COLUMNS.includes(object.kind) ? rootOf(object, snapshot) : undefined;
    if (root !== undefined) roots.set(rootKey(root), root);
    for (const dependent of dependents(id)) reached.add(dependent);
  }
  return roots;
}
