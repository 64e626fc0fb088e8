import type { SchemaObject } from '../kinds/kind.ts';
import { indexBy } from '../kinds/lookup.ts';
import { patchedIds } from '../kinds/patch.ts';
import { kindOf } from '../kinds/registry.ts';
import { ownRoot } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/**
 * PostgreSQL numbers the names it makes up, `posts_a_idx1`, in the order in which they are made: where a name came or went that another
 * table may have wanted too, only everything made anew tells who has which.
 */
export function mayShareNames(before: SchemaSnapshot, after: SchemaSnapshot): boolean {
  const differing = [...patchedIds(before, after)].filter((id) => before.objects.has(id) !== after.objects.has(id));
  return differing.some((id) => {
    const snapshot = before.objects.has(id) ? after : before;
    const object = before.objects.get(id) ?? after.objects.get(id);
    return object !== undefined && ownRoot(object) === undefined && stemsOf(object).some((stem) => stemsIn(snapshot)(stem).length > 0);
  });
}

/** The names that an object claims, without a number at their end. */
const stemsOf = (object: SchemaObject): readonly string[] =>
  (kindOf(object).claims?.(object) ?? []).map((claim) => claim.replace(/\d+$/, ''));

const stemsIn = indexBy(stemsOf);
