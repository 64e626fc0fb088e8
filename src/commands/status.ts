import { managedView } from '../diff/managed.ts';
import { type ErrorData, FastpyError } from '../errors.ts';
import { scopeWarnings, stateOf } from '../pipeline.ts';
import type {
  DatabaseParams,
  DiffParams,
  DiffResult,
  HistoryParams,
  HistoryResult,
  StatusParams,
  StatusResult,
  SuggestionInfo,
} from '../protocol/methods.ts';
import { planBaseline } from './baseline.ts';
import { driftOf } from './drift.ts';
import { halfDoneWarnings } from './halfDone.ts';
import { appliedInfo, historyOf, migrationInfo } from './history.ts';
import { keptOf } from './kept.ts';
import { restore } from './restore.ts';
import { refuseUnmodelled } from './strict.ts';
import { type Consideration, type Considered, consider, majorWarning, suggestionInfo } from './suggestion.ts';
import type { Target } from './target.ts';
import { unmatchedFolder, unmatchedModels } from './unmatched.ts';
import type { Workspace } from './workspace.ts';

/** `db:status`: what is applied, what is pending, what drifted, and what the models change. */
export async function status(workspace: Workspace, params: StatusParams): Promise<StatusResult> {
  const target = await workspace.target(params.database);
  await refuseUnmodelled(workspace, target, params);
  const { migrations, applied, pending } = await historyOf(workspace, target);
  const drift =
    applied.length === 0
      ? null
      : await driftOf(
          workspace,
          target,
          applied.map(({ migration }) => migration),
        );
  const { considered, failure } = await lookAtModels(workspace, target);
  const head = await stateOf(target, migrations);
  return {
    schemaVersion: 1,
    database: target.info,
    applied: applied.map(({ migration, revision }) => appliedInfo(workspace, migration, revision)),
    pending: pending.map((migration) => migrationInfo(workspace, migration)),
    drift: drift?.changes ?? [],
    ignoredDrift: drift?.ignored ?? [],
    kept: await keptOf(target),
    changes: considered?.suggestion.changes ?? [],
    failure,
    warnings: [
      ...unmatchedModels(workspace.project),
      ...unmatchedFolder(workspace.project, 'migrations'),
      ...unmatchedFolder(workspace.project, 'seeders'),
      ...(await halfDoneWarnings(target)),
      ...(considered?.suggestion.warnings ?? scopeWarnings(head.snapshot, managedView(workspace.config.schemas))),
      ...(drift?.warnings ?? []),
      ...majorWarning(target),
    ],
  };
}

const OF_MODELS: readonly string[] = ['MODEL_LOAD_FAILED', 'MODEL_REJECTED', 'MODEL_DUPLICATE'];

/** Models that fail are a part of where a project stands, and no reason to hide the rest. */
async function lookAtModels(workspace: Workspace, target: Target): Promise<Looked> {
  try {
    return { considered: await currentSuggestion(workspace, target), failure: null };
  } catch (error) {
    if (error instanceof FastpyError && OF_MODELS.includes(error.code)) return { considered: null, failure: error.toData() };
    throw error;
  }
}

interface Looked {
  readonly considered: Considered | null;
  readonly failure: ErrorData | null;
}

/** The way from the head of history, or from a database without one as it is, to the models. */
export async function currentSuggestion(
  workspace: Workspace,
  target: Target,
  { answers = {}, ...how }: Partial<Consideration> = {},
): Promise<Considered | null> {
  const migrations = await workspace.migrations(how.changed);
  const baseline = migrations.length === 0 ? await planBaseline(workspace, target) : null;
  const head = baseline?.state ?? (await stateOf(target, migrations));
  return consider(workspace, target, { ...how, head, history: migrations, answers });
}

/** `suggestion.get`: the verified migration that the models ask for now. */
export async function suggestionNow(
  workspace: Workspace,
  { database, ...how }: DatabaseParams & Partial<Consideration>,
): Promise<{ readonly suggestion: SuggestionInfo | null }> {
  const target = await workspace.target(database);
  const considered = await currentSuggestion(workspace, target, how);
  return { suggestion: considered === null ? null : suggestionInfo(target, considered) };
}

/** `db:diff`: what the models would change; with `drift`, how the live database differs from its history. */
export async function diff(workspace: Workspace, params: DiffParams): Promise<DiffResult> {
  const target = await workspace.target(params.database);
  await refuseUnmodelled(workspace, target, params);
  if (params.drift) {
    const { applied } = await historyOf(workspace, target);
    const drift = await driftOf(
      workspace,
      target,
      applied.map(({ migration }) => migration),
    );
    return {
      schemaVersion: 1,
      suggestion: null,
      drift: drift.changes,
      ignoredDrift: drift.ignored,
      driftSql: drift.sql,
      warnings: [...drift.warnings, ...majorWarning(target)],
    };
  }
  const considered = await currentSuggestion(workspace, target, { answers: params });
  const suggestion = considered === null ? null : suggestionInfo(target, considered);
  const warnings = [...unmatchedModels(workspace.project), ...(suggestion?.warnings ?? [])];
  return { schemaVersion: 1, suggestion, drift: null, ignoredDrift: null, driftSql: null, warnings };
}

/** `db:history`: the ledger; with `restore`, files of it are written back first. */
export async function history(workspace: Workspace, params: HistoryParams): Promise<HistoryResult> {
  const target = await workspace.target(params.database);
  const restored = params.restore === undefined ? [] : await restore(workspace, target, params.restore);
  const { applied } = await historyOf(workspace, target);
  return { schemaVersion: 1, restored, revisions: applied.map(({ migration, revision }) => appliedInfo(workspace, migration, revision)) };
}
