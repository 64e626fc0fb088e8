import type { ObjectId } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import { partitionOf } from './plan.ts';
import { type Edges, keyOf, type Step } from './step.ts';

/** A table leaves a parent before that gets a column or a check, which would reach the table. */
export function partingEdges(steps: ReadonlyMap<string, Step>, { from, to }: Readonly<Record<'from' | 'to', SchemaSnapshot>>): Edges {
  const isParting = (table: ObjectId, parent: ObjectId): boolean => table.startsWith('table:') && !needsOf(to, table).has(parent);
  return [...steps.values()].flatMap(({ key, type, object: { kind, owner } }): Edges => {
    if (type !== 'create' || owner === undefined || !['column', 'constraint'].includes(kind)) return [];
    const parting = dependentsIn(from)(owner).filter((table) => isParting(table, owner));
    const leaves = parting.flatMap((table) => [keyOf('alter', table), keyOf('drop', partitionOf(table))]);
    return leaves.filter((leave) => steps.has(leave)).map((leave) => [leave, key] as const);
  });
}
