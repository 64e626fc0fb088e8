import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { managedView } from '../diff/managed.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { rollbackMigrations } from '../migration/rollback.ts';
import { statementsOf } from '../migration/steps.ts';
import { stateOf } from '../pipeline.ts';
import type { RequestContext, RollbackParams, RollbackResult } from '../protocol/methods.ts';
import { confirm } from './confirm.ts';
import { historyOf, migrationInfo } from './history.ts';
import { countRows } from './rows.ts';
import { chooseRollback } from './selection.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** `db:rollback`: undoes the last applied migrations, newest first, after saying which rows go with them. */
export async function rollback(workspace: Workspace, params: RollbackParams, context: RequestContext): Promise<RollbackResult> {
  const target = await workspace.target(params.database);
  const { applied } = await historyOf(workspace, target);
  const migrations = applied.map(({ migration }) => migration);
  const chosen = chooseRollback(migrations, params);
  if (chosen.length === 0) return result({ warnings: nothingToDo(migrations) });
  if (params.dryRun) return result({ dryRun: chosen.map(({ id, down }) => ({ id, statements: statementsOf(down ?? []) })) });
  const losses = await lossesOf(workspace, target, { migrations, chosen });
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

/** The tables and columns with rows that are there now and will not be there afterwards. */
async function lossesOf(
  workspace: Workspace,
  target: Target,
  { migrations, chosen }: { readonly migrations: readonly Migration[]; readonly chosen: readonly Migration[] },
): Promise<readonly string[]> {
  const view = managedView(workspace.config.schemas);
  const [now, then] = [await stateOf(target, migrations), await stateOf(target, migrations.slice(0, migrations.length - chosen.length))];
  const dropped = diffSnapshots(view(now.snapshot), view(then.snapshot)).flatMap(({ before, after }) =>
    after === null && before !== null ? [before] : [],
  );
  const holders = dropped.filter((object) => kindOf(object).holdsData?.(object) && !dropped.some(({ id }) => id === object.owner));
  const counted = await Promise.all(holders.map(async (object) => ({ object, rows: await countRows(target.live, object) })));
  return counted
    .filter(({ rows }) => rows > 0)
    .map(({ object, rows }) => `${object.kind} ${object.name} with ${rows} ${object.kind === 'table' ? 'rows' : 'values'}`);
}
