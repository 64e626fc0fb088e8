import type { Migration } from './migrationFile.ts';

/** Two lines of migrations that begin behind the same one, as merged branches of git leave them. */
export interface Fork {
  /** What lies before both, in its order. */
  readonly base: readonly Migration[];
  readonly branches: readonly [readonly Migration[], readonly Migration[]];
}

/** A fork behind which nothing forks again; undefined where history is one line. */
export function findFork(migrations: readonly Migration[]): Fork | undefined {
  const children = Map.groupBy(migrations, ({ parent }) => parent);
  const lines = [...children.values()].map((siblings) => siblings.map((sibling) => lineFrom(sibling, children)));
  const [first, second] = lines.find((fork) => fork.length > 1 && fork.every((line) => line !== undefined)) ?? [];
  if (first === undefined || second === undefined) return undefined;
  return { base: ancestorsOf(first[0]?.parent ?? null, migrations), branches: [first, second] };
}

/** A migration with all that follow it; undefined where they fork. */
function lineFrom(migration: Migration, children: ReadonlyMap<string | null, readonly Migration[]>): readonly Migration[] | undefined {
  const line: Migration[] = [];
  for (let next: Migration | undefined = migration; next !== undefined && !line.includes(next); ) {
    line.push(next);
    const followers: readonly Migration[] = children.get(next.id) ?? [];
    if (followers.length > 1) return undefined;
    next = followers[0];
  }
  return line;
}

function ancestorsOf(parent: string | null, migrations: readonly Migration[]): readonly Migration[] {
  const line: Migration[] = [];
  for (let id = parent; id !== null; ) {
    const migration = migrations.find((other) => other.id === id);
    if (migration === undefined || line.includes(migration)) break;
    line.unshift(migration);
    id = migration.parent;
  }
  return line;
}
