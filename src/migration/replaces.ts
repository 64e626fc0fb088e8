/** Which migrations a squashed one stands for, and what a ledger that knows those says of it. */
import type { Migration, Revision } from './migrationFile.ts';

/** Migrations by id, in their order, each with the beginning of its checksum; one that was squashed itself has those that it replaced. */
export interface Replaces {
  readonly [id: string]: string | { readonly checksum: string; readonly replaces: Replaces };
}

const CHECKSUM_LENGTH = 16;

/** What a migration that stands for these says of them. */
export const replacing = (migrations: readonly Migration[]): Replaces =>
  Object.fromEntries(
    migrations.map(({ id, checksum, replaces }) => {
      const short = checksum.slice(0, CHECKSUM_LENGTH);
      return [id, replaces === undefined ? short : { checksum: short, replaces }];
    }),
  );

/** Every migration that this one stands for, at any remove. */
export const replacedIds = ({ replaces = {} }: Pick<Migration, 'replaces'>): readonly string[] =>
  Object.entries(replaces).flatMap(([id, replaced]) => [id, ...(typeof replaced === 'string' ? [] : replacedIds(replaced))]);

/** The rows of a ledger that belong to a migration: its own, or those of the ones that it replaced. */
export const ledgerIds = (migration: Pick<Migration, 'id' | 'replaces'>): readonly string[] => [migration.id, ...replacedIds(migration)];

/** The names under which later migrations may know it: its own, and that of the last one that it replaced. */
export function endIds({ id, replaces = {} }: Pick<Migration, 'id' | 'replaces'>): readonly string[] {
  const [last] = Object.entries(replaces).slice(-1);
  if (last === undefined) return [id];
  const [lastId, replaced] = last;
  return [id, ...endIds({ id: lastId, replaces: typeof replaced === 'string' ? undefined : replaced.replaces })];
}

/** True where a migration is what was replaced under its id. */
export function isReplacedAs(
  { replaces = {} }: Pick<Migration, 'replaces'>,
  { id, checksum }: Pick<Migration, 'id' | 'checksum'>,
): boolean {
  return Object.entries(replaces).some(([replacedId, replaced]) => {
    const isNested = typeof replaced !== 'string';
    if (replacedId === id) return checksum.startsWith(isNested ? replaced.checksum : replaced);
    return isNested && isReplacedAs(replaced, { id, checksum });
  });
}

/** How much of what a migration replaced a database has run. */
export interface Coverage {
  readonly ran: readonly Revision[];
  readonly lacking: readonly string[];
}

/** What a ledger has of the migrations that this one replaced. */
export function coverageOf({ replaces = {} }: Pick<Migration, 'replaces'>, ledger: ReadonlyMap<string, Revision>): Coverage {
  const parts = Object.entries(replaces).map(([id, replaced]): Coverage => {
    const revision = ledger.get(id);
    if (revision !== undefined) return { ran: [revision], lacking: [] };
    return typeof replaced === 'string' ? { ran: [], lacking: [id] } : coverageOf(replaced, ledger);
  });
  return { ran: parts.flatMap(({ ran }) => ran), lacking: parts.flatMap(({ lacking }) => lacking) };
}

/** What the ledger says of a migration, also where it ran those that this one replaced; undefined where it was not applied. */
export function revisionOf(migration: Migration, ledger: ReadonlyMap<string, Revision>): Revision | undefined {
  const own = ledger.get(migration.id);
  if (own !== undefined) return own;
  const { ran, lacking } = coverageOf(migration, ledger);
  const last = ran.at(-1);
  if (last === undefined || lacking.length > 0) return undefined;
  const durationMs = ran.reduce((sum, revision) => sum + revision.durationMs, 0);
  const { id, parent, checksum, baseline, source } = migration;
  return { id, parent, checksum, baseline, source, durationMs, appliedAt: last.appliedAt };
}
