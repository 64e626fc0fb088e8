import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { withObjectsOf } from '../diff/ignored.ts';
import { liveView, type View } from '../diff/managed.ts';
import { parseRename } from '../diff/renames.ts';
import { parseMap, valueMaps } from '../diff/valueMaps.ts';
import { asWarning, fail } from '../errors.ts';
import { FORGET_ALL_STEPS } from '../migration/ledger.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { replay } from '../migration/replay.ts';
import { runScript } from '../migration/runScript.ts';
import { stateOf } from '../pipeline.ts';
import { describeChanges } from '../plan/describePlan.ts';
import type { Answers, ChangeInfo, MigrateParams, RequestContext } from '../protocol/methods.ts';
import { applyRenames } from '../shadow/applyRenames.ts';
import { provePlan } from '../shadow/provePlan.ts';
import type { State } from '../shadow/states.ts';
import { type Drift, driftOf } from './drift.ts';
import { forgottenWarnings } from './halfDone.ts';
import { historyOf } from './history.ts';
import { rebuilt } from './invalidIndexes.ts';
import { namesBefore } from './liveNames.ts';
import { openQuestions, parseFills } from './questions.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** How a live database comes back to its history, proven from where it is. */
export interface Reversion {
  readonly changes: readonly ChangeInfo[];
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
}

const NOTHING: Reversion = { changes: [], statements: [], warnings: [] };

/**
 * Brings the live database back to what its applied migrations produce, but for what the settings ignore: in one transaction, after it was
 * done in the shadow, which was brought to where the database is. What ran of a migration that ended in its middle is drift too, and forgotten.
 * @throws ANSWERS_NEEDED  for rows that would be lost
 * @throws PLAN_NOT_PROVEN
 */
export async function revertDrift(workspace: Workspace, params: MigrateParams, context: RequestContext): Promise<Reversion> {
  const target = await workspace.target(params.database);
  const { applied } = await historyOf(workspace, target);
  const migrations = applied.map(({ migration }) => migration);
  if (migrations.length === 0) return NOTHING;
  const drift = await driftOf(workspace, target, migrations);
  const forgotten = await forgottenWarnings(target);
  if (drift.changes.length === 0 && forgotten.length === 0) return NOTHING;
  const planned = await planReversion(target, { migrations, drift, answers: params, schemas: workspace.config.schemas });
  const reversion = { ...planned, warnings: [...planned.warnings, ...forgotten] };
  if (params.dryRun) return reversion;
  const isDone = async () =>
    (await driftOf(workspace, target, migrations)).changes.length === 0 && (await forgottenWarnings(target)).length === 0;
  await runScript(
    target.live,
    { name: 'the reversion of drift', statements: [...reversion.statements, FORGET_ALL_STEPS], isDone },
    {
      root: workspace.project.root,
      signal: context.signal,
      lockTimeoutMs: workspace.config.lockTimeout,
      onProgress: context.progress,
    },
  );
  return { ...reversion, warnings: [...reversion.warnings, ...((await isDone()) ? [] : [LEFT])] };
}

const LEFT = 'the database still differs from its history: look with `fastpy db:diff --drift`';

interface Task {
  readonly migrations: readonly Migration[];
  readonly drift: Drift;
  readonly answers: Answers & { readonly dryRun?: boolean | undefined };
  readonly schemas: readonly string[];
}

async function planReversion(target: Target, { migrations, drift, answers, schemas }: Task): Promise<Reversion> {
  const view = liveView(schemas, (await stateOf(target, migrations)).snapshot);
  const state = await driftedState(target, migrations, { drift, view });
  const from = view(state.snapshot);
  const to = withObjectsOf(drift.expected, from, drift.ignoredIds);
  const renames = await applyRenames(state.database, { from, to, view, requests: answers.rename?.map(parseRename) ?? [], free: false });
  const mapped = valueMaps(answers.map?.map(parseMap) ?? [], renames.snapshot, to);
  const proven = await provePlan(state.database, { from, to, view, renames, fill: parseFills(answers.default), mapped });
  const place = { live: target.live, info: target.info, liveName: () => namesBefore(target, state, renames.up) };
  const { questions, forced } = await openQuestions(place, { head: renames.snapshot, desired: to, proven, mapped }, answers);
  if (questions.length > 0 && !answers.dryRun) throw fail('ANSWERS_NEEDED', { questions });
  return {
    changes: [...renames.changes, ...describeChanges(proven.up), ...changesOfInvalid(drift)],
    statements: [...renames.up, ...proven.up.statements.map(({ sql }) => sql), ...drift.invalid.map(rebuilt)],
    warnings: [...forced, ...questions.map(asWarning)],
  };
}

/** No shadow has such an index: a build that is broken off cannot be proven. */
const changesOfInvalid = ({ invalid, found }: Drift): readonly ChangeInfo[] =>
  invalid.map(({ id, name }) => ({ action: 'alter', kind: 'index', name: found.objects.get(id)?.name ?? name, hazards: [] }));

/**
 * The shadow where the live database is: what its migrations produce, and then what was done to it by hand.
 * @throws PLAN_NOT_PROVEN  where the shadow cannot follow
 */
async function driftedState(
  target: Target,
  migrations: readonly Migration[],
  { drift: { expected, found }, view }: { readonly drift: Drift; readonly view: View },
): Promise<State> {
  const history = await stateOf(target, migrations);
  const { up } = await provePlan(history.database, { from: expected, to: found, view });
  const statements = up.statements.map(({ sql }) => sql);
  const content = ['drifted', ...migrations.map(({ id, checksum }) => `${id} ${checksum}`), ...statements];
  const state = await target.states.get(content, async (database) => {
    await replay(database, migrations, { root: target.root });
    await database.session((session) => session.script(['SET check_function_bodies = off', ...statements].join(';\n')));
    return undefined;
  });
  const [left] = diffSnapshots(view(state.snapshot), found);
  if (left !== undefined) throw fail('PLAN_NOT_PROVEN', { direction: 'up', reason: `the shadow differs from the database in ${left.id}` });
  return state;
}
