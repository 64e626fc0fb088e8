import { fail } from '../errors.ts';
import { applyMigrations } from '../migration/apply.ts';
import { assertNoneHalfDone } from '../migration/assertNoneHalfDone.ts';
import type { History } from '../migration/history.ts';
import { keepingRows, restoreOwed } from '../migration/keepRows.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { withState } from '../migration/runState.ts';
import { stateOf } from '../pipeline.ts';
import type { DryRunInfo, MakeResult, MigrateParams, MigrateResult, RequestContext, SuggestionInfo } from '../protocol/methods.ts';
import { adoptExisting } from './adoption.ts';
import { provenLate, settleBranches } from './branches.ts';
import { driftOf, refuseDrift } from './drift.ts';
import { hazardQuestions, hazardWarnings, type Upcoming } from './hazards.ts';
import { appliedInfo, historyOf, migrationInfo } from './history.ts';
import { invalidWarnings } from './invalidIndexes.ts';
import { type Losses, lossesAhead } from './lostRows.ts';
import { make, preview } from './make.ts';
import { observedMigrations } from './observation.ts';
import { revertDrift } from './revertDrift.ts';
import { chooseUpTo } from './selection.ts';
import { refuseUnmodelled } from './strict.ts';
import type { Target } from './target.ts';
import { unmatchedFolder } from './unmatched.ts';
import type { Workspace } from './workspace.ts';

/** `db:migrate`: applies what is pending, after making a migration when a message is given. */
export async function migrate(workspace: Workspace, params: MigrateParams, context: RequestContext): Promise<MigrateResult> {
  if (params.revertDrift) return revert(workspace, params, context);
  if (params.adopt && params.message === undefined)
    throw fail('USAGE', { problem: '--adopt goes with -m MSG', help: 'Both the drift and what the models change become migrations.' });
  const target = await workspace.target(params.database);
  const upcoming = await makeReady(workspace, target, params);
  return params.dryRun ? foresee(target, upcoming) : perform(workspace, target, { ...upcoming, context });
}

/** What is to be applied, and what has to be told of it. */
interface Ready {
  readonly history: History & { readonly migrations: readonly Migration[] };
  readonly chosen: readonly Migration[];
  readonly made: MakeResult | null;
  readonly ahead: Losses;
  readonly warnings: readonly string[];
}

async function makeReady(workspace: Workspace, target: Target, params: MigrateParams): Promise<Ready> {
  await refuseHalfDone(target, params);
  const settled = params.dryRun ? [] : await settleBranches(workspace, target, params);
  await refuseUnmodelled(workspace, target, params);
  await consentTo(workspace, target, params);
  const made = params.message === undefined ? null : await makeFirst(workspace, target, params);
  const adopted = params.dryRun ? [] : await adoptExisting(workspace, target);
  const history = await historyOf(workspace, target);
  const chosen = chooseUpTo(history.pending, history.migrations, params.to);
  const unmatched = made === null ? unmatchedFolder(workspace.project, 'migrations') : [];
  const warnings = [...settled, ...unmatched, ...(await provenLate(workspace, target, history)), ...adopted, ...(made?.warnings ?? [])];
  return { history, chosen, made, warnings, ahead: await lookAhead(target, { history, chosen, keep: params.keep, made }) };
}

const NOTHING_DONE = { schemaVersion: 1, reverted: [], applied: [], appliedElsewhere: [], dryRun: null } as const;

async function foresee(target: Target, { history, chosen, made, ahead, warnings }: Ready): Promise<MigrateResult> {
  const hazards = await hazardWarnings(target, [...chosen, ...plannedIn(made?.suggestion ?? null)]);
  const present = await stateOf(target, appliedIn(history));
  const dryRun = dryRunOf(await observedMigrations(target, present, chosen), made);
  return { ...NOTHING_DONE, made, dryRun, warnings: [...warnings, ...hazards, ...ahead.told] };
}

async function perform(
  workspace: Workspace,
  target: Target,
  { history, chosen, made, ahead, warnings, context }: Ready & { readonly context: RequestContext },
): Promise<MigrateResult> {
  const owed = await restoreOwed(target.live, history.migrations);
  for (const loss of ahead.told) context.progress({ message: `this ${loss}`, isNotice: true });
  const options = {
    root: workspace.project.root,
    signal: context.signal,
    lockTimeoutMs: workspace.config.lockTimeout,
    around: keepingRows(ahead.lost),
    known: new Set(appliedIn(history).map(({ id }) => id)),
    onProgress: context.progress,
  };
  const { applied, appliedElsewhere } = await withState(
    () => madeBefore(made),
    () => applyMigrations(target.live, chosen, options),
  );
  const back = [...owed, ...(await restoreOwed(target.live, history.migrations))].map((name) => `put back: ${name}`);
  const unusable = await invalidWarnings(target, workspace.config);
  const byId = new Map(history.migrations.map((migration) => [migration.id, migration]));
  return {
    ...NOTHING_DONE,
    made,
    applied: applied.flatMap((revision) => {
      const migration = byId.get(revision.id);
      return migration === undefined ? [] : [appliedInfo(workspace, migration, revision)];
    }),
    appliedElsewhere: appliedElsewhere.map((migration) => migrationInfo(workspace, migration)),
    warnings: [...warnings, ...ahead.told, ...back, ...unusable],
  };
}

const appliedIn = ({ applied }: Pick<History, 'applied'>): readonly Migration[] => applied.map(({ migration }) => migration);

/** What a migration that is half rolled back left is gone on from by nothing, and what any half done one left is no drift to adopt. @throws HISTORY_CONFLICT */
const refuseHalfDone = (target: Target, { message }: MigrateParams): Promise<void> =>
  target.live.session((session) => assertNoneHalfDone(session, message === undefined ? ['down'] : ['up', 'down'], 'migrate'));

interface Ahead {
  readonly history: Pick<History, 'applied'>;
  readonly chosen: readonly Migration[];
  readonly keep: boolean | undefined;
  /** Its losses were questions when it was made. */
  readonly made: MakeResult | null;
}

/** What the migrations take away, and how many rows that is. */
async function lookAhead(target: Target, { history, chosen, keep, made }: Ahead): Promise<Losses> {
  const applied = appliedIn(history);
  const runs = chosen.map((migration, index) => ({ migration, applied: [...applied, ...chosen.slice(0, index)] }));
  return lossesAhead(target, keep ? runs : runs.filter(({ migration }) => migration.id !== made?.migration?.id), { keep });
}

/** Where the database is not for development, hazards are consented to before anything is written or run. @throws ANSWERS_NEEDED */
async function consentTo(workspace: Workspace, target: Target, params: MigrateParams): Promise<void> {
  if (params.dryRun || target.info.development) return;
  const { migrations, pending } = await historyOf(workspace, target);
  const suggestion = params.message === undefined ? null : (await preview(workspace, params)).suggestion;
  const upcoming = [...chooseUpTo(pending, migrations, params.to), ...plannedIn(suggestion)];
  const questions = [...(suggestion?.questions ?? []), ...(await hazardQuestions(target, upcoming, params))];
  if (questions.length > 0) throw fail('ANSWERS_NEEDED', { questions });
}

const plannedIn = (suggestion: SuggestionInfo | null): readonly Upcoming[] =>
  suggestion === null
    ? []
    : [{ id: '(new)', up: suggestion.up.map((sql) => ({ kind: 'sql', sql })), transaction: suggestion.transactional, isPlanned: true }];

/** A migration that was made and could not be applied is there, and will be tried again. */
function madeBefore(made: MakeResult | null): string | undefined {
  const file = made?.migration?.file;
  return file === undefined
    ? undefined
    : `${file} was made and is pending: remove what is in its way and run fastpy db:migrate, or delete it.`;
}

const KEEP_FIRST =
  'Nothing was changed. Copy what is needed by hand, or make the drift a migration (--adopt), and take that back with --keep.';

/** Nothing else is done in one go with it: consent to what it loses is no consent to what a migration does. */
async function revert(workspace: Workspace, params: MigrateParams, context: RequestContext): Promise<MigrateResult> {
  if (params.message !== undefined || params.adopt || params.to !== undefined)
    throw fail('USAGE', { problem: '--revert-drift does not go with -m, --adopt or --to', help: 'Revert first, then migrate.' });
  if (params.keep) throw fail('USAGE', { problem: '--revert-drift keeps nothing, so that it does not go with --keep', help: KEEP_FIRST });
  const { changes, statements, warnings } = await revertDrift(workspace, params, context);
  const dryRun = params.dryRun ? (statements.length === 0 ? [] : [{ id: '(revert drift)', statements }]) : null;
  return { ...NOTHING_DONE, reverted: changes, made: null, warnings, dryRun };
}

/** Drift would end up among the premises of the new migration, so it is refused, or adopted, before one is made or shown. */
async function makeFirst(workspace: Workspace, target: Target, params: MigrateParams): Promise<MakeResult> {
  const { applied } = await historyOf(workspace, target);
  const migrations = applied.map(({ migration }) => migration);
  if (migrations.length > 0 && !params.adopt) refuseDrift(await driftOf(workspace, target, migrations), params.message ?? '');
  return params.dryRun ? preview(workspace, params) : make(workspace, { ...params, runsAtOnce: true });
}

function dryRunOf(pending: readonly DryRunInfo[], made: MakeResult | null): readonly DryRunInfo[] {
  const suggestion = made?.suggestion;
  if (!suggestion) return pending;
  return [...pending, { id: `(new) ${suggestion.message}`, statements: suggestion.up, observed: suggestion.observed }];
}
