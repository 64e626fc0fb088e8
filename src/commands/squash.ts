import { relative } from 'node:path';
import { fail } from '../errors.ts';
import { leftOver } from '../migration/history.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { relink, removeReplaced } from '../migration/moveFiles.ts';
import { stampedTime } from '../migration/slug.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import type { SquashParams, SquashResult } from '../protocol/methods.ts';
import { historyOf, migrationInfo } from './history.ts';
import { planSquash } from './squashPlan.ts';
import { majorWarning } from './suggestion.ts';
import type { Workspace } from './workspace.ts';

/**
 * `db:squash`: makes the first migrations, up to a point, into one that was proven to do the same. The database is not touched: what ran them
 * has run the new one.
 */
export async function squash(workspace: Workspace, params: SquashParams): Promise<SquashResult> {
  const left = leftOver(await workspace.migrationFiles());
  if (left.length > 0 && !params.dryRun) return finishEarlier(workspace, left);
  const target = await workspace.target(params.database);
  const { migrations, applied } = await historyOf(workspace, target);
  const chosen = chooseFirst(migrations, params.to);
  if (chosen.length < 2) return result({ warnings: [`${chosen.length === 0 ? 'no migration' : 'one migration'} is nothing to squash`] });
  assertAllOrNone(chosen, new Set(applied.map(({ migration }) => migration.id)));
  const message = params.message ?? `squash of ${chosen.length} migrations`;
  const { text, leftOut } = await planSquash(target, chosen, message);
  const warnings = [
    ...leftOut.map((place) => `left out, since the rows of a new database are the same without it: ${place}`),
    ...majorWarning(target),
  ];
  const replaced = chosen.map((migration) => migrationInfo(workspace, migration));
  const proof = { replaced, provedOn: `PostgreSQL ${target.shadow.server.version}`, warnings };
  if (params.dryRun) return result({ ...proof, dryRun: text.up });
  const migration = await write(workspace, { text, chosen, next: migrations[chosen.length] });
  return result({ ...proof, migration: migrationInfo(workspace, migration), removed: filesOf(workspace, chosen) });
}

const result = (part: Partial<SquashResult>): SquashResult => ({
  schemaVersion: 1,
  migration: null,
  replaced: [],
  removed: [],
  dryRun: null,
  provedOn: null,
  warnings: [],
  ...part,
});

/** What an earlier squash replaced and could not remove any more. */
async function finishEarlier(workspace: Workspace, left: readonly Migration[]): Promise<SquashResult> {
  await removeReplaced(left);
  return result({ removed: filesOf(workspace, left), warnings: ['an earlier squash was ended before it had removed what it replaced'] });
}

const filesOf = ({ project }: Workspace, migrations: readonly Migration[]): readonly string[] =>
  migrations.map(({ file }) => relative(project.root, file));

/** @throws USAGE  for an id that no migration has */
function chooseFirst(migrations: readonly Migration[], to: string | undefined): readonly Migration[] {
  if (to === undefined) return migrations;
  const place = migrations.findIndex(({ id }) => id === to);
  if (place >= 0) return migrations.slice(0, place + 1);
  throw fail('USAGE', { problem: `no migration "${to}" is known here`, help: `Known are: ${migrations.map(({ id }) => id).join(', ')}.` });
}

/** A squash of which this database has run a part would leave it behind. */
function assertAllOrNone(chosen: readonly Migration[], done: ReadonlySet<string>): void {
  const ran = chosen.filter(({ id }) => done.has(id));
  const last = ran.at(-1);
  if (last === undefined || ran.length === chosen.length) return;
  throw fail('HISTORY_CONFLICT', {
    problem: `this database has run ${ran.length} of the ${chosen.length} migrations that would become one`,
    next: `Nothing was changed. Run fastpy db:migrate first, or squash what is applied: fastpy db:squash --to ${last.id}`,
  });
}

interface Written {
  readonly text: Parameters<typeof writeMigration>[1];
  readonly chosen: readonly Migration[];
  readonly next: Migration | undefined;
}

/** The new one first, then who follows it, then the old ones go: at every moment the files say the same history. */
async function write(workspace: Workspace, { text, chosen, next }: Written): Promise<Migration> {
  const now = stampedTime(chosen.at(-1)?.id);
  const migration = await writeMigration(workspace.project, { ...text, now });
  if (next !== undefined) await relink(next, migration.id);
  await removeReplaced(chosen);
  return migration;
}
