import type { Constraint } from '../kinds/constraints.ts';
import type { ObjectId } from '../kinds/kind.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { topologicalOrder } from '../plan/order.ts';

/** The names of all tables, e.g. `public.users`, each behind those that its foreign keys refer to; circles stay in order of name. */
export function tableOrder(snapshot: SchemaSnapshot): readonly string[] {
  const tables = [...snapshot.objects.values()].filter(({ kind }) => kind === 'table');
  const names = new Map(tables.map(({ id, name }) => [id, name]));
  const referencing = new Map<string, Set<string>>();
  for (const object of snapshot.objects.values()) {
    if (object.kind !== 'constraint' || (object as Constraint).type !== 'foreign key') continue;
    for (const parent of parentsOf(object.id, snapshot)) {
      const [from, to] = [names.get(parent), names.get(object.owner ?? parent)];
      if (from === undefined || to === undefined || from === to) continue;
      referencing.set(from, (referencing.get(from) ?? new Set()).add(to));
    }
  }
  return topologicalOrder([...names.values()], referencing, (name) => name);
}

/** The tables of the columns that a foreign key needs; its own table is among them. */
const parentsOf = (id: ObjectId, snapshot: SchemaSnapshot): readonly ObjectId[] =>
  [...needsOf(snapshot, id)].flatMap((need) => (need.startsWith('table:') ? [need] : (snapshot.objects.get(need)?.owner ?? [])));
