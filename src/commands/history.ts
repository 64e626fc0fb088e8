import { relative } from 'node:path';
import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { keepOwners } from '../diff/keepOwners.ts';
import { liveView, type View } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { statedOwners } from '../load/statedOwners.ts';
import { compareHistory, type History } from '../migration/history.ts';
import type { Migration, Revision } from '../migration/migrationFile.ts';
import { stateOf } from '../pipeline.ts';
import { describeChanges } from '../plan/describePlan.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { AppliedInfo, ChangeInfo, MigrationInfo } from '../protocol/methods.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** The files and the ledger, side by side. @throws HISTORY_CONFLICT */
export async function historyOf(workspace: Workspace, target: Target): Promise<History & { readonly migrations: readonly Migration[] }> {
  const migrations = await workspace.migrations();
  const revisions = await target.observed.revisions();
  return { migrations, ...compareHistory(migrations, revisions) };
}

/**
 * Where live and shadow are of different majors their texts cannot be compared: then the live schema is made again in the shadow
 * and read back from there, as far as the view goes.
 */
export async function asPrintedByShadow(target: Target, snapshot: SchemaSnapshot, view: View = (whole) => whole): Promise<SchemaSnapshot> {
  if (target.isSameMajor) return snapshot;
  return target.shadow.scratch((database) =>
    database.session(async (session) => {
      const { statements } = makePlan(view(await introspect(session)), view(snapshot));
      await session.script(['SET check_function_bodies = off', ...statements.map(({ sql }) => sql)].join(';\n'));
      return introspect(session);
    }),
  );
}

/** How the live database differs from what its applied migrations produce. */
export interface Drift {
  readonly changes: readonly ChangeInfo[];
  readonly expected: SchemaSnapshot;
  readonly found: SchemaSnapshot;
  /** The statements that lead from the expected to the found state. */
  readonly sql: readonly string[];
}

/** Compares the live database with its own applied migrations. */
export async function driftOf(workspace: Workspace, target: Target, applied: readonly Migration[]): Promise<Drift> {
  const { schemas } = workspace.config;
  const { snapshot: history } = await stateOf(target, applied);
  const live = await target.observed.snapshot();
  const known = judged.get(history);
  if (known?.live === live && known.schemas === schemas) return known.drift;
  const view = liveView(schemas, history);
  const [expected, found] = [view(history), view(await asPrintedByShadow(target, live))];
  const drift = driftBetween(expected, keepOwners(found, expected, { stating: 'reference', stated: () => ownersStatedBy(applied) }));
  judged.set(history, { live, schemas, drift });
  return drift;
}

/** Another role than the one that connects now may have run migrations that name no owner: what they made is its, and no drift. */
const ownersStatedBy = (migrations: readonly Migration[]): ReadonlySet<string> =>
  statedOwners(migrations.flatMap(({ up }) => up.filter((step) => step.kind === 'sql')));

/** The last judgement on each state of history: it holds for as long as both sides are the same. */
const judged = new WeakMap<SchemaSnapshot, { readonly live: SchemaSnapshot; readonly schemas: readonly string[]; readonly drift: Drift }>();

function driftBetween(expected: SchemaSnapshot, found: SchemaSnapshot): Drift {
  if (diffSnapshots(expected, found).length === 0) return { changes: [], expected, found, sql: [] };
  const plan = makePlan(expected, found);
  return { changes: describeChanges(plan), expected, found, sql: plan.statements.map(({ sql }) => sql) };
}

/** @throws DRIFT */
export function refuseDrift({ changes }: Drift): void {
  if (changes.length > 0) throw fail('DRIFT', { objects: changes.map(({ action, kind, name }) => `${kind} ${name} (${DRIFTED[action]})`) });
}

const DRIFTED: Readonly<Record<ChangeInfo['action'], string>> = {
  create: 'only in the database',
  drop: 'missing in the database',
  alter: 'different in the database',
  replace: 'different in the database',
  rename: 'renamed in the database',
};

/** A migration as users see it. */
export const migrationInfo = (workspace: Workspace, { id, message, file }: Migration): MigrationInfo => ({
  id,
  message,
  file: relative(workspace.project.root, file),
});

/** An applied migration as users see it. */
export const appliedInfo = (workspace: Workspace, migration: Migration, revision: Revision): AppliedInfo => ({
  ...migrationInfo(workspace, migration),
  appliedAt: revision.appliedAt,
  durationMs: revision.durationMs,
  baseline: revision.baseline,
});
