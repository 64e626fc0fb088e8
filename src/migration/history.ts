import { fail } from '../errors.ts';
import { changedLines } from './changedLines.ts';
import type { Migration, Revision } from './migrationFile.ts';

/** The files and the ledger, side by side. */
export interface History {
  readonly applied: readonly { readonly migration: Migration; readonly revision: Revision }[];
  readonly pending: readonly Migration[];
}

/**
 * Compares the migration files, in their order, with what the ledger says was applied.
 * @throws HISTORY_CONFLICT  where an applied file is missing or edited, or a pending one stands before an applied one
 */
export function compareHistory(migrations: readonly Migration[], revisions: readonly Revision[]): History {
  const files = new Map(migrations.map((migration) => [migration.id, migration]));
  const ledger = new Map(revisions.map((revision) => [revision.id, revision]));
  const missing = revisions.filter(({ id }) => !files.has(id));
  if (missing.length > 0) throw missingFiles(missing);
  const applied = migrations.flatMap((migration) => {
    const revision = ledger.get(migration.id);
    return revision === undefined ? [] : [{ migration, revision }];
  });
  const edited = applied.filter(({ migration, revision }) => migration.checksum !== revision.checksum);
  if (edited.length > 0) throw editedFiles(edited);
  const pending = migrations.filter(({ id }) => !ledger.has(id));
  const early = pending.find((migration) => migrations.slice(migrations.indexOf(migration)).some(({ id }) => ledger.has(id)));
  if (early !== undefined) throw outOfOrder(early, applied.at(-1)?.migration);
  return { applied, pending };
}

/**
 * Holds the migrations that are about to be applied against the ledger as it is under the lock, where somebody else may have been first.
 * @throws HISTORY_CONFLICT
 */
export function assertFits(migrations: readonly Migration[], revisions: readonly Revision[]): void {
  const ledger = new Map(revisions.map((revision) => [revision.id, revision]));
  const elsewhere = migrations.flatMap((migration) => {
    const revision = ledger.get(migration.id);
    return revision === undefined ? [] : [{ migration, revision }];
  });
  const edited = elsewhere.filter(({ migration, revision }) => migration.checksum !== revision.checksum);
  if (edited.length > 0) throw editedFiles(edited);
  const next = migrations.find(({ id }) => !ledger.has(id));
  const rival = next && revisions.find(({ parent, id }) => parent === next.parent && id !== next.id);
  if (next !== undefined && rival !== undefined)
    throw conflict(
      `${next.id} and ${rival.id}, which was just applied to this database, both follow ${next.parent ?? 'nothing'}`,
      `Get the file of ${rival.id} (git pull), and set the parent of ${next.id} to it.`,
    );
}

const list = (migrations: readonly { readonly id: string }[]): string => migrations.map(({ id }) => id).join(', ');

const missingFiles = (missing: readonly Revision[]): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `applied to this database, but their files are missing: ${list(missing)}`,
    next: 'Nothing was changed. Bring the files back (git log -- migrations shows who removed them), or use the database that belongs to this branch.',
  });

const editedFiles = (edited: History['applied']): Error => {
  const [first] = edited;
  const lines = first === undefined ? [] : changedLines(first.revision.source, first.migration.source);
  return fail('HISTORY_CONFLICT', {
    problem: `edited after they were applied to this database: ${list(edited.map(({ migration }) => migration))}\n${lines.join('\n')}`,
    next: 'Nothing was changed. Restore the files as they were applied (git diff shows the edit) and put the change into a new migration.',
  });
};

const outOfOrder = (early: Migration, last: Migration | undefined): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `${early.id} is not applied, but ${last?.id}, which follows it, is`,
    next: 'Nothing was changed. Roll back to before it (fastpy db:rollback), then migrate in order; or give it the last applied migration as its parent.',
  });

/**
 * Puts migrations in the order of their parents; names do not count.
 * @throws HISTORY_CONFLICT  for an unknown parent, several first ones, two that follow the same one, or a circle
 */
export function orderByParents(migrations: readonly Migration[]): readonly Migration[] {
  const known = new Set(migrations.map(({ id }) => id));
  const orphan = migrations.find(({ parent }) => parent !== null && !known.has(parent));
  if (orphan !== undefined)
    throw conflict(`${orphan.id} follows ${orphan.parent}, which does not exist`, 'Bring that file back, or correct the parent.');
  const children = Map.groupBy(migrations, ({ parent }) => parent);
  for (const [parent, siblings] of children) if (siblings.length > 1) throw forked(parent, siblings);
  const ordered: Migration[] = [];
  for (let next = children.get(null)?.[0]; next !== undefined; next = children.get(next.id)?.[0]) ordered.push(next);
  const lost = migrations.filter((migration) => !ordered.includes(migration));
  if (lost.length > 0)
    throw conflict(`the parents of ${list(lost)} form a circle`, 'Correct the parents so that they lead to one first migration.');
  return ordered;
}

const conflict = (problem: string, next: string): Error => fail('HISTORY_CONFLICT', { problem, next: `Nothing was changed. ${next}` });

const forked = (parent: string | null, siblings: readonly Migration[]): Error =>
  parent === null
    ? conflict(`several migrations have no parent: ${list(siblings)}`, 'Give all but the first one a parent.')
    : conflict(`${list(siblings)} both follow ${parent}`, `Let one follow the other: set its parent to ${siblings[0]?.id}.`);
