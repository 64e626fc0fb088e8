import type { ModelTable } from './modelTable.ts';
import { type SeederFile, subjectOf } from './seederFiles.ts';

/** What is known of the tables that seeders fill. */
interface Known {
  /** `public.users`, each behind those that it refers to. */
  readonly order: readonly string[];
  readonly models: readonly ModelTable[];
}

const tableIn = (path: string): string => path.slice(path.indexOf('.') + 1);

/** Seeders of referenced tables first; those whose table nobody knows come last, by name, and find the others' rows. */
export function orderSeeders(seeders: readonly SeederFile[], known: Known): readonly SeederFile[] {
  const ranked = seeders.map((seeder) => ({ seeder, rank: rankOf(subjectOf(seeder.name), known) }));
  return ranked.sort((one, other) => one.rank - other.rank).map(({ seeder }) => seeder);
}

function rankOf(subject: string, { order, models }: Known): number {
  const model = models.find(({ exported }) => exported !== null && subjectOf(exported.name) === subject);
  const byModel = model === undefined ? -1 : order.indexOf(`${model.schema}.${model.name}`);
  const rank = byModel >= 0 ? byModel : order.findIndex((path) => subjectOf(tableIn(path)) === subject);
  return rank >= 0 ? rank : order.length;
}
