import { fail } from '../errors.ts';
import { changedLines } from './changedLines.ts';
import { plainText, textChecksumOf } from './checksum.ts';
import type { Migration, Revision } from './migrationFile.ts';
import { type Coverage, coverageOf, endIds, isReplacedAs, ledgerIds, replacedIds, revisionOf } from './replaces.ts';

/** The files and the ledger, side by side. */
export interface History {
  readonly applied: readonly { readonly migration: Migration; readonly revision: Revision }[];
  readonly pending: readonly Migration[];
}

/**
 * Compares the migration files, in their order, with what the ledger says was applied.
 * @param outOfOrder  whether a pending one may stand before an applied one
 * @throws HISTORY_CONFLICT  where an applied file is missing or edited, a squashed one was applied in part, or a pending one stands before an applied one
 */
export function compareHistory(
  migrations: readonly Migration[],
  revisions: readonly Revision[],
  { outOfOrder = false }: { readonly outOfOrder?: boolean } = {},
): History {
  const known = new Set(migrations.flatMap(ledgerIds));
  const missing = revisions.filter(({ id }) => !known.has(id));
  if (missing.length > 0) throw missingFiles(missing, migrations);
  const applied = appliedAmong(migrations, revisions);
  const done = new Set(applied.map(({ migration }) => migration.id));
  const pending = migrations.filter(({ id }) => !done.has(id));
  const history = { applied, pending };
  const [early] = outOfOrder ? [] : earlyAmong(migrations, history);
  if (early !== undefined) throw comesLate(early, applied.at(-1)?.migration);
  return history;
}

/** The pending migrations that stand before an applied one. */
export function earlyAmong(migrations: readonly Migration[], { applied, pending }: History): readonly Migration[] {
  const last = applied.reduce((place, { migration }) => Math.max(place, migrations.indexOf(migration)), -1);
  return pending.filter((migration) => migrations.indexOf(migration) < last);
}

/** @throws HISTORY_CONFLICT  where one was edited, or a squashed one was applied in part */
function appliedAmong(migrations: readonly Migration[], revisions: readonly Revision[]): History['applied'] {
  const ledger = new Map(revisions.map((revision) => [revision.id, revision]));
  for (const migration of migrations) assertWhole(migration, ledger);
  const applied = migrations.flatMap((migration) => {
    const revision = revisionOf(migration, ledger);
    return revision === undefined ? [] : [{ migration, revision }];
  });
  const edited = applied.filter(isEdited);
  if (edited.some(isRowEdited)) throw editedRows(edited.filter(isRowEdited));
  if (edited.length > 0) throw editedFiles(edited);
  return applied;
}

const isEdited = ({ migration, revision }: History['applied'][number]): boolean =>
  migration.checksum !== revision.checksum && textChecksumOf(migration.source) !== revision.checksum;

/** The row is what was edited where it has the text of the file, and a checksum of something else. */
const isRowEdited = ({ migration, revision }: History['applied'][number]): boolean =>
  plainText(migration.source) === plainText(revision.source);

/** A squashed migration stands for what was applied only where all of it was, as it was when it was squashed. */
function assertWhole(migration: Migration, ledger: ReadonlyMap<string, Revision>): void {
  if (migration.replaces === undefined || ledger.has(migration.id)) return;
  const { ran, lacking } = coverageOf(migration, ledger);
  if (ran.length === 0) return;
  if (lacking.length > 0) throw appliedInPart(migration, { ran, lacking });
  const other = ran.find((revision) => !isReplacedAs(migration, revision));
  if (other !== undefined) throw squashedOtherwise(migration, other);
}

/**
 * Holds the migrations that are about to be applied against the ledger as it is under the lock, where somebody else may have been first.
 * @param known  what else is known to be applied
 * @returns the ids of those that are applied meanwhile
 * @throws HISTORY_CONFLICT
 */
export function assertFits(
  migrations: readonly Migration[],
  revisions: readonly Revision[],
  known: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const done = new Set(appliedAmong(migrations, revisions).map(({ migration }) => migration.id));
  const next = migrations.find(({ id }) => !done.has(id));
  const rival = next && revisions.find(({ parent, id }) => parent === next.parent && id !== next.id && !known.has(id));
  if (next !== undefined && rival !== undefined)
    throw conflict(
      `${next.id} and ${rival.id}, which was just applied to this database, both follow ${next.parent ?? 'nothing'}`,
      `Get the file of ${rival.id} (git pull), and set the parent of ${next.id} to it.`,
    );
  return done;
}

const list = (migrations: readonly { readonly id: string }[]): string => migrations.map(({ id }) => id).join(', ');

/** A file that does the same under another name is the one that is missing. */
function missingFiles(missing: readonly Revision[], migrations: readonly Migration[]): Error {
  const renamed = missing.flatMap(({ id, checksum }) => {
    const file = migrations.find((migration) => migration.checksum === checksum && !missing.some((other) => other.id === migration.id));
    return file === undefined ? [] : [{ id, file }];
  });
  const [first] = renamed;
  if (first !== undefined && renamed.length === missing.length)
    return fail('HISTORY_CONFLICT', {
      problem: `renamed after they were applied to this database: ${renamed.map(({ id, file }) => `${id} is now ${file.id}`).join(', ')}`,
      next: `Nothing was changed. A migration keeps its name once it is applied: mv ${first.file.id}.ts ${first.id}.ts, and the parents that name it.`,
    });
  const place =
    migrations.length === 0 ? 'No migration is in the folder of "migrations" in fastpyd.config.json: is it the right one? ' : '';
  return fail('HISTORY_CONFLICT', {
    problem: `applied to this database, but their files are missing: ${list(missing)}`,
    next: `Nothing was changed. ${place}Bring them back as they were applied: fastpy db:history ${restoring(missing)}. Or use the database that belongs to this branch.`,
  });
}

const restoring = (migrations: readonly { readonly id: string }[]): string => migrations.map(({ id }) => `--restore ${id}`).join(' ');

const editedFiles = (edited: History['applied']): Error => {
  const lines = edited.flatMap(({ migration, revision }) => [migration.id, ...changedLines(revision.source, migration.source)]);
  const migrations = edited.map(({ migration }) => migration);
  return fail('HISTORY_CONFLICT', {
    problem: `edited after they were applied to this database: ${list(migrations)}\n${(edited.length === 1 ? lines.slice(1) : lines).join('\n')}`,
    next: `Nothing was changed. Put the change into a new migration, and the files back as they were applied: fastpy db:history ${restoring(migrations)} (what is there is kept as .ts.edited).`,
  });
};

const editedRows = (edited: History['applied']): Error =>
  conflict(
    `the rows of ${list(edited.map(({ migration }) => migration))} in fastpyd.migrations were edited after they were written: text and checksum do not belong together`,
    'What was applied cannot be told from them. Bring the rows back from a backup, or the database.',
  );

const appliedInPart = ({ id }: Migration, { ran, lacking }: Coverage): Error =>
  conflict(
    `${id} replaces ${ran.length + lacking.length} migrations, and this database has run only ${ran.length} of them; it lacks ${lacking.join(', ')}`,
    `Apply the rest with the files as they were before the squash (git log -- migrations shows the commit; check it out, run fastpy db:migrate, and come back), or roll back what it has there (fastpy db:rollback --steps ${ran.length}).`,
  );

const squashedOtherwise = ({ id }: Migration, other: Revision): Error =>
  conflict(
    `${id} replaces ${other.id}, which was applied to this database in another form than the one that was squashed`,
    `Nobody can tell whether this database is what ${id} makes. Compare it with one that is: fastpy db:diff --drift, with the files as they were before the squash.`,
  );

const comesLate = (early: Migration, last: Migration | undefined): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `${early.id} is not applied, but ${last?.id}, which follows it, is`,
    next: `Nothing was changed. Either roll back to before it and migrate in order: fastpy db:rollback --to ${early.parent ?? 'empty'}; or let it in where the order is proved not to count: "outOfOrder": "warn" in fastpyd.config.json.`,
  });

/**
 * Puts migrations in the order of their parents; names do not count.
 * @throws HISTORY_CONFLICT  for an unknown parent, several first ones, two that follow the same one, or a circle
 */
export function orderByParents(files: readonly Migration[]): readonly Migration[] {
  const migrations = withoutReplaced(files);
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

/** Files that a squash left when it was ended in the middle. @throws HISTORY_CONFLICT  where one was edited since */
export function leftOver(files: readonly Migration[]): readonly Migration[] {
  return files.filter((file) => {
    const squashed = files.find((other) => replacedIds(other).includes(file.id));
    if (squashed !== undefined && !isReplacedAs(squashed, file)) throw editedSince(file, squashed);
    return squashed !== undefined;
  });
}

/** Without what a squash replaced, and following the squashed migration where they followed the last that it replaced. */
export function withoutReplaced(files: readonly Migration[]): readonly Migration[] {
  if (files.every(({ replaces }) => replaces === undefined)) return files;
  const gone = new Set(leftOver(files));
  const left = files.filter((file) => !gone.has(file));
  const heirs = new Map(left.flatMap((migration) => endIds(migration).map((id) => [id, migration.id])));
  return left.map((migration) => ({ ...migration, parent: heirs.get(migration.parent ?? '') ?? migration.parent }));
}

const editedSince = ({ id }: Migration, squashed: Migration): Error =>
  conflict(
    `${squashed.id} replaces ${id}, whose file is there in another form than the one that was squashed`,
    `Put what is new into a migration that follows ${squashed.id}, and delete the file of ${id}.`,
  );

const conflict = (problem: string, next: string): Error => fail('HISTORY_CONFLICT', { problem, next: `Nothing was changed. ${next}` });

const forked = (parent: string | null, siblings: readonly Migration[]): Error =>
  conflict(
    parent === null ? `several migrations have no parent: ${list(siblings)}` : `${list(siblings)} both follow ${parent}`,
    'Run `fastpy db:migrate` or `fastpy db:make`: where both orders lead to the same, it gives one of them the other as its parent.',
  );
