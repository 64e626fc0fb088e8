import { relative } from 'node:path';
import type { View } from '../diff/managed.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { compareHistory, type History } from '../migration/history.ts';
import type { Migration, Revision } from '../migration/migrationFile.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { AppliedInfo, MigrationInfo } from '../protocol/methods.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** The files and the ledger, side by side. @throws HISTORY_CONFLICT */
export async function historyOf(workspace: Workspace, target: Target): Promise<History & { readonly migrations: readonly Migration[] }> {
  const migrations = await workspace.migrations();
  const revisions = await target.observed.revisions();
  return { migrations, ...compareHistory(migrations, revisions, { outOfOrder: workspace.config.outOfOrder !== 'fail' }) };
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
