import { topologicalOrder } from '../plan/order.ts';
import type { ModelTable } from './modelTable.ts';
import { type SeederFile, subjectOf } from './seederFiles.ts';

/** What is known of the tables that seeders fill. */
interface Known {
  /** `public.users`, each behind those that it refers to. */
  readonly order: readonly string[];
  /** Asked only where a seeder's name does not tell its table, since models have to be loaded. */
  readonly models: () => Promise<readonly ModelTable[]>;
}

/** Seeders of referenced tables first; those whose table nobody knows come last, by name, and find the others' rows. */
export async function orderSeeders(seeders: readonly SeederFile[], { order, models }: Known): Promise<readonly SeederFile[]> {
  const byTable = new Map(order.map((path, rank) => [subjectOf(path.slice(path.indexOf('.') + 1)), rank]));
  const isKnown = ({ name }: SeederFile): boolean => byTable.has(subjectOf(name));
  const byModel = seeders.every(isKnown) ? new Map<string, number>() : ranksOf(await models(), order);
  const rankOf = ({ name }: SeederFile): number => byTable.get(subjectOf(name)) ?? byModel.get(subjectOf(name)) ?? order.length;
  return [...seeders].sort((one, other) => rankOf(one) - rankOf(other));
}

const ranksOf = (models: readonly ModelTable[], order: readonly string[]): ReadonlyMap<string, number> =>
  new Map(
    models.flatMap(({ schema, name, exported }) => {
      const rank = order.indexOf(`${schema}.${name}`);
      return exported === null || rank < 0 ? [] : [[subjectOf(exported.name), rank] as const];
    }),
  );

/** Behind the seeders that each says it comes after; otherwise as they stand. */
export function inDeclaredOrder(
  seeders: readonly SeederFile[],
  declared: readonly { readonly file: string; readonly after: readonly string[] }[],
): readonly SeederFile[] {
  const followers = new Map<string, Set<string>>();
  for (const { file, after } of declared) for (const other of after) followers.set(other, (followers.get(other) ?? new Set()).add(file));
  const rank = new Map(seeders.map(({ file }, index) => [file, String(index).padStart(6, '0')]));
  const ordered = topologicalOrder([...rank.keys()], followers, (file) => rank.get(file) ?? '');
  return ordered.flatMap((file) => seeders.find((seeder) => seeder.file === file) ?? []);
}
