import type { Migration } from '../migration/migrationFile.ts';
import { rollbackMigrations } from '../migration/rollback.ts';
import { statementsOf } from '../migration/steps.ts';
import type { RequestContext, RollbackParams, RollbackResult } from '../protocol/methods.ts';
import { confirm } from './confirm.ts';
import { historyOf, migrationInfo } from './history.ts';
import { lossesOf } from './losses.ts';
import { chooseRollback } from './selection.ts';
import type { Workspace } from './workspace.ts';

/** `db:rollback`: undoes the last applied migrations, newest first, after saying which rows go with them. */
export async function rollback(workspace: Workspace, params: RollbackParams, context: RequestContext): Promise<RollbackResult> {
  const target = await workspace.target(params.database);
  const { applied } = await historyOf(workspace, target);
  const migrations = applied.map(({ migration }) => migration);
  const chosen = chooseRollback(migrations, params);
  if (chosen.length === 0) return result({ warnings: nothingToDo(migrations) });
  if (params.dryRun) return result({ dryRun: chosen.map(({ id, down }) => ({ id, statements: statementsOf(down ?? []) })) });
  const losses = await lossesOf(workspace, target, { applied: migrations, chosen });
  if (losses.length > 0) confirm(target, params, `Rolling back ${chosen.map(({ id }) => id).join(', ')} loses ${losses.join(', ')}`);
  for (const loss of losses) context.progress({ message: `this loses ${loss}` });
  const rolledBack = await rollbackMigrations(target.live, chosen, {
    root: workspace.project.root,
    signal: context.signal,
    lockTimeoutMs: workspace.config.lockTimeout,
    onProgress: context.progress,
  });
  return result({
    rolledBack: rolledBack.map((migration) => migrationInfo(workspace, migration)),
    warnings: losses.map((loss) => `lost: ${loss}`),
  });
}

const result = (part: Partial<RollbackResult>): RollbackResult => ({
  schemaVersion: 1,
  rolledBack: [],
  dryRun: null,
  warnings: [],
  ...part,
});

const nothingToDo = (migrations: readonly Migration[]): readonly string[] =>
  migrations.some(({ baseline }) => baseline)
    ? ['nothing above the baseline is applied; the baseline itself is rolled back only with --to empty']
    : [];
