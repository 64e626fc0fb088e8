import { keepingRows, restoreOwed } from '../migration/keepRows.ts';
import type { Lost } from '../migration/keptTables.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { assertNoneHalfApplied, assertReversible, rollbackMigrations } from '../migration/rollback.ts';
import { statementsOf } from '../migration/steps.ts';
import type { RequestContext, RollbackParams, RollbackResult } from '../protocol/methods.ts';
import { confirm, placeOf } from './confirm.ts';
import { historyOf, migrationInfo } from './history.ts';
import { lossesOf } from './losses.ts';
import { lostByAll } from './lostRows.ts';
import { chooseRollback, isGround } from './selection.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** `db:rollback`: undoes the last applied migrations, newest first, after saying which rows go with them. */
export async function rollback(workspace: Workspace, params: RollbackParams, context: RequestContext): Promise<RollbackResult> {
  const target = await workspace.target(params.database);
  const history = await historyOf(workspace, target);
  const { applied } = history;
  const migrations = applied.map(({ migration }) => migration);
  const chosen = chooseRollback(migrations, params);
  if (chosen.length === 0) return result({ warnings: nothingToDo(migrations) });
  const losses = await lossesOf(workspace, target, { applied: migrations, chosen });
  if (params.dryRun) return foresee(target, chosen, losses);
  const names = chosen.map(({ id }) => id).join(', ');
  const action = `Rolling back ${names}${losses.length > 0 ? ` ${params.keep ? 'takes away, and keeps a copy of,' : 'loses'} ${losses.join(', ')}` : ''}`;
  confirm(target, params, action);
  const runs = chosen.map((migration, index) => ({ migration, applied: migrations.slice(0, migrations.length - index) }));
  const kept = params.keep ? await lostByAll(target, runs, 'down') : new Map<string, readonly Lost[]>();
  await restoreOwed(target.live, history.migrations);
  const rolledBack = await rollbackMigrations(target.live, chosen, {
    root: workspace.project.root,
    signal: context.signal,
    around: keepingRows(kept),
    lockTimeoutMs: workspace.config.lockTimeout,
    onProgress: context.progress,
    onBegin: () => {
      if (losses.length > 0) context.progress({ message: `${action} on ${placeOf(target)}`, isNotice: true });
    },
  });
  await restoreOwed(target.live, history.migrations);
  return result({
    rolledBack: rolledBack.map((migration) => migrationInfo(workspace, migration)),
    warnings: losses.map((loss) => `${params.keep ? 'kept' : 'lost'}: ${loss}`),
  });
}

/** What a rollback would do, its refusal included. */
async function foresee({ live }: Target, chosen: readonly Migration[], losses: readonly string[]): Promise<RollbackResult> {
  assertReversible(chosen);
  await assertNoneHalfApplied(live);
  return result({ dryRun: dryRunOf(chosen), warnings: losses.map((loss) => `loses ${loss}`) });
}

const result = (part: Partial<RollbackResult>): RollbackResult => ({
  schemaVersion: 1,
  rolledBack: [],
  dryRun: null,
  warnings: [],
  ...part,
});

const dryRunOf = (chosen: readonly Migration[]): RollbackResult['dryRun'] =>
  chosen.map(({ id, down }) => ({ id, statements: statementsOf(down ?? []) }));

const nothingToDo = (migrations: readonly Migration[]): readonly string[] =>
  migrations
    .filter(isGround)
    .map(({ id, baseline }) =>
      baseline
        ? 'nothing above the baseline is applied; the baseline itself is rolled back only with --to empty'
        : `nothing above the squashed ${id} is applied; it is itself rolled back only with --to empty`,
    );
