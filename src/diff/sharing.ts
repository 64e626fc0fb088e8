import { sameValue } from '../kinds/sameValue.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/**
 * The snapshot with the very objects of another wherever both say the same: what two databases have in common is in memory once, and is
 * compared at a glance.
 */
export function sharing(snapshot: SchemaSnapshot, other: SchemaSnapshot): SchemaSnapshot {
  return {
    ...snapshot,
    objects: shareValues(snapshot.objects, other.objects, sameValue),
    needs: shareValues(
      snapshot.needs,
      other.needs,
      (one, another) => one.size === another.size && [...one].every((need) => another.has(need)),
    ),
    notes: shareValues(snapshot.notes, other.notes, sameValue),
  };
}

function shareValues<Key, Value>(
  values: ReadonlyMap<Key, Value>,
  others: ReadonlyMap<Key, Value>,
  isSame: (one: Value, other: Value) => boolean,
): ReadonlyMap<Key, Value> {
  const shared = new Map<Key, Value>();
  for (const [key, value] of values) {
    const other = others.get(key);
    shared.set(key, other !== undefined && isSame(value, other) ? other : value);
  }
  return shared;
}
