import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { withObjectsOf } from '../diff/ignored.ts';
import { baselineView, liveView } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import { markApplied } from '../migration/ledger.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { replay } from '../migration/replay.ts';
import { stateOf } from '../pipeline.ts';
import type { ChangeInfo } from '../protocol/methods.ts';
import { provePlan } from '../shadow/provePlan.ts';
import type { State } from '../shadow/states.ts';
import type { Adoption } from './baseline.ts';
import { driftOf } from './drift.ts';
import { historyOf } from './history.ts';
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

/**
 * Drift as a migration of its own, at the head of history; null without drift.
 * @throws HISTORY_CONFLICT  while migrations are pending: what follows them cannot be applied before they are
 * @throws PLAN_NOT_PROVEN
 */
export async function planDriftAdoption(workspace: Workspace, target: Target): Promise<Adoption | null> {
  const { migrations, applied, pending } = await historyOf(workspace, target);
  if (applied.length === 0) return null;
  const { expected, found, changes, invalid, ignoredIds } = await driftOf(
    workspace,
    target,
    applied.map(({ migration }) => migration),
  );
  // What only a broken build is wrong with, no migration can be made of.
  if (changes.length === invalid.length) return null;
  if (pending.length > 0) throw migrateFirst(pending);
  const head = await stateOf(target, migrations);
  const { up, down } = await provePlan(head.database, {
    from: expected,
    to: withObjectsOf(found, expected, ignoredIds),
    view: liveView(workspace.config.schemas, head.snapshot),
  });
  const file = {
    message: 'adopt drift',
    parent: migrations.at(-1)?.id ?? null,
    up: up.statements.map(({ sql }) => sql),
    down: down.statements.map(({ sql }) => sql),
  };
  return { file, state: await stateAfter(target, migrations, file.up), warnings: [] };
}

/** Where the migrations and then the statements lead. */
function stateAfter(target: Target, migrations: readonly Migration[], statements: readonly string[]): Promise<State> {
  const content = ['adopted', ...migrations.map(({ id, checksum }) => `${id} ${checksum}`), ...statements];
  return target.states.get(content, async (database) => {
    await replay(database, migrations, { root: target.root });
    await database.session((session) => session.script(['SET check_function_bodies = off', ...statements].join(';\n')));
    return undefined;
  });
}

const migrateFirst = (pending: readonly Migration[]): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `the drift cannot be adopted behind what is not applied yet: ${pending.map(({ id }) => id).join(', ')}`,
    next: 'Nothing was changed. Run `fastpy db:migrate` first, and adopt the drift then.',
  });
