import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import { outermost } from '../../kinds/root.ts';
import { needsOf, type SchemaSnapshot } from '../../kinds/snapshot.ts';

/** Does a part of a table need something else that in turn needs the table? Then it cannot be made together with the table. */
export function isCircular(part: SchemaObject, live: SchemaSnapshot): boolean {
  const root = outermost(part, live).id;
  const isOutside = (id: ObjectId): boolean => {
    const object = live.objects.get(id);
    return object !== undefined && outermost(object, live).id !== root;
  };
  const reached = new Set([...needsOf(live, part.id)].filter(isOutside));
  for (const id of reached) {
    for (const need of needsOf(live, id)) {
      if (isOutside(need)) reached.add(need);
      else if (live.objects.has(need)) return true;
    }
  }
  return false;
}
