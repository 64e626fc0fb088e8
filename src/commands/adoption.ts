import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { baselineView } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import { markApplied } from '../migration/ledger.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { stateOf } from '../pipeline.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { ChangeInfo } from '../protocol/methods.ts';
import { type Drift, driftOf, historyOf } from './history.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/**
 * A baseline runs only on an empty database. One that already looks like it, as a colleague's copy of the same database does, is taken
 * over by a ledger row alone.
 * @throws HISTORY_CONFLICT  for a database that is neither
 */
export async function adoptExisting(workspace: Workspace, target: Target): Promise<readonly string[]> {
  const { applied, pending } = await historyOf(workspace, target);
  const [baseline] = pending;
  if (applied.length > 0 || baseline === undefined || !baseline.baseline) return [];
  const { found, changes } = await driftOf(workspace, target, [baseline]);
  const empty = await stateOf(target, []);
  const view = baselineView(workspace.config.schemas);
  if (diffSnapshots(view(empty.snapshot), view(found)).length === 0) return [];
  if (changes.length > 0) throw notTheBaseline(baseline, changes);
  await markApplied(target.live, baseline);
  return [`the database already looks as ${baseline.id} leaves it: marked as applied, nothing was run`];
}

const notTheBaseline = (baseline: Migration, changes: readonly ChangeInfo[]): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `the database is not empty, has no history, and differs from ${baseline.id} in ${changes.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
    next: 'Nothing was changed. Use an empty database, or the one that the baseline was made from.',
  });

/** Turns drift into a migration of its own, marked applied, since the database is there already. */
export async function adoptDrift(
  workspace: Workspace,
  target: Target,
  { drift, migrations }: { readonly drift: Drift; readonly migrations: readonly Migration[] },
): Promise<void> {
  if (drift.changes.length === 0) return;
  const back = makePlan(drift.found, drift.expected).statements.map(({ sql }) => sql);
  const migration = await writeMigration(workspace.project, {
    message: 'adopt drift',
    parent: migrations.at(-1)?.id ?? null,
    up: drift.sql,
    down: back,
  });
  await markApplied(target.live, migration);
}
