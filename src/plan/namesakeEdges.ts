import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { ownRoot, rootKey } from '../kinds/root.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Edges, Step } from './step.ts';

/**
 * A routine goes before something is made, or altered, that calls another one of its name: with both there, a call that leaves defaults out could
 * mean either. What calls the one that goes is altered before that.
 */
export function namesakeEdges(
  steps: ReadonlyMap<string, Step>,
  { from, to }: { readonly from: SchemaSnapshot; readonly to: SchemaSnapshot },
): Edges {
  const going = Map.groupBy(
    [...steps.values()].filter(({ type, object }) => type === 'drop' && nameOfRoutine(object) !== undefined),
    ({ object }) => nameOfRoutine(object),
  );
  if (going.size === 0) return [];
  return [...steps.values()].flatMap((step): Edges => {
    if (step.type !== 'create' && step.type !== 'alter') return [];
    const callsNow = step.type === 'alter' ? needsOf(from, step.id) : new Set<ObjectId>();
    const called = [...needsOf(to, step.id)].flatMap((need) => nameOfRoutine(to.objects.get(need)) ?? []);
    return called.flatMap((name) =>
      (going.get(name) ?? []).filter(({ id }) => !callsNow.has(id)).map(({ key }) => [key, step.key] as const),
    );
  });
}

/** The name that a routine shares with others; undefined for anything else. */
function nameOfRoutine(object: SchemaObject | undefined): string | undefined {
  const root = ownRoot(object);
  return root?.sort === 'routine' ? rootKey(root) : undefined;
}
