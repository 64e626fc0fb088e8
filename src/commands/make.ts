import { asWarning, fail } from '../errors.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { stateOf } from '../pipeline.ts';
import type { MakeParams, MakeResult, MigrateParams } from '../protocol/methods.ts';
import type { State } from '../shadow/states.ts';
import { planDriftAdoption } from './adoption.ts';
import { type Adoption, adopt, planBaseline } from './baseline.ts';
import { settleBranches } from './branches.ts';
import { historyOf, migrationInfo } from './history.ts';
import { observe } from './observation.ts';
import { inSafeForm } from './safeForm.ts';
import { refuseUnmodelled } from './strict.ts';
import { type Considered, consider, suggestionInfo } from './suggestion.ts';
import type { Target } from './target.ts';
import { unexplained } from './unexplained.ts';
import { unmatchedModels } from './unmatched.ts';
import { violationsOf, violationText } from './violations.ts';
import type { Workspace } from './workspace.ts';

/** `db:make` never adopts drift; `db:migrate` does when it is told to, and runs at once what it makes. */
type Wish = MakeParams & Pick<MigrateParams, 'adopt'> & { readonly runsAtOnce?: boolean; readonly isPreview?: boolean };

/** Everything that making a migration depends on, found out before anything is written. */
interface Preparation {
  /** What became of merged branches. */
  readonly settled: readonly string[];
  /** Patterns that find no model. */
  readonly unmatched: readonly string[];
  readonly target: Target;
  /** Where the suggestion begins. */
  readonly head: State;
  readonly adoption: Adoption | null;
  readonly considered: Considered | null;
  readonly latest: Migration | null;
  /** What the second check of the proof found. */
  readonly unexplained: readonly string[];
  /** Rows of the live database that the migration would stumble over, one sentence each. */
  readonly violations: readonly string[];
}

async function prepare(workspace: Workspace, params: Wish): Promise<Preparation> {
  const target = await workspace.target(params.database);
  const settled = params.isPreview ? [] : await settleBranches(workspace, target, params);
  await refuseUnmodelled(workspace, target, params);
  const { migrations, pending } = await historyOf(workspace, target);
  const adoption =
    migrations.length === 0 ? await planBaseline(workspace, target) : params.adopt ? await planDriftAdoption(workspace, target) : null;
  const head = adoption?.state ?? (await stateOf(target, migrations));
  const considered = params.empty ? null : await consider(workspace, target, { head, history: migrations, answers: params });
  // It makes everything anew, which nobody waits for who does not ask for it.
  const isChecked = considered !== null && params.strict === true;
  const found = isChecked ? await unexplained(workspace, target, { head, suggestion: considered.suggestion }) : [];
  // Pending migrations and renames may change what the rows are, and what they are called.
  const isAsItIs = considered !== null && pending.length === 0 && considered.suggestion.renames.length === 0;
  const violations = isAsItIs ? (await violationsOf(target.live, considered.suggestion)).map(violationText) : [];
  const chosen = considered && (await inSafeForm(workspace, target, { head, considered }, params));
  const unmatched = params.empty ? [] : unmatchedModels(workspace.project);
  const latest = migrations.at(-1) ?? null;
  return { settled, unmatched, target, head, adoption, considered: chosen, latest, unexplained: found, violations };
}

const warningsOf = ({ settled, unmatched, adoption, considered, unexplained, violations }: Preparation): readonly string[] => [
  ...new Set([
    ...settled,
    ...unmatched,
    ...(adoption?.warnings ?? []),
    ...(considered?.suggestion.warnings ?? []),
    ...(considered?.forced ?? []),
    ...unexplained,
    ...violations,
  ]),
];

/**
 * `db:make`: writes the suggestion to a file. A database that is not empty when its first migration is made is adopted first.
 * Everything that can be refused is refused before anything is written.
 * @throws ANSWERS_NEEDED
 * @throws ROWS_IN_THE_WAY  where it is to run at once
 */
export async function make(workspace: Workspace, params: Wish): Promise<MakeResult> {
  if (params.dryRun) return preview(workspace, params);
  const preparation = await prepare(workspace, params);
  const { target, adoption, considered, latest } = preparation;
  if (considered !== null && considered.questions.length > 0) throw fail('ANSWERS_NEEDED', { questions: considered.questions });
  if (params.runsAtOnce && preparation.violations.length > 0) throw fail('ROWS_IN_THE_WAY', { violations: preparation.violations });
  const adopted = adoption === null ? null : await adopt(workspace, target, adoption);
  const migration = await write(workspace, { params, considered, parent: adopted ?? latest });
  return {
    schemaVersion: 1,
    migration: migration === null ? null : migrationInfo(workspace, migration),
    baseline: adopted === null ? null : migrationInfo(workspace, adopted),
    suggestion: considered === null ? null : suggestionInfo(target, considered),
    warnings: warningsOf(preparation),
  };
}

const BASELINE_AHEAD = 'the database is not empty: its present state would become the baseline, marked applied';
const DRIFT_AHEAD = 'the drift would become a migration of its own, marked applied';

/** What `make` would write; for a dry run with what each statement locks and rewrites. */
export async function preview(workspace: Workspace, params: Wish): Promise<MakeResult> {
  const preparation = await prepare(workspace, { ...params, isPreview: true });
  const { target, head, adoption, considered } = preparation;
  const observed = params.dryRun && considered !== null ? await observe(target, head, considered.suggestion.up) : undefined;
  const suggestion = considered === null ? null : { ...suggestionInfo(target, considered), ...(observed && { observed }) };
  const notice = adoption === null ? [] : [adoption.file.baseline ? BASELINE_AHEAD : DRIFT_AHEAD];
  const open = params.dryRun ? (considered?.questions ?? []).map(asWarning) : [];
  return { schemaVersion: 1, migration: null, baseline: null, suggestion, warnings: [...notice, ...warningsOf(preparation), ...open] };
}

interface Wanted {
  readonly params: MakeParams;
  readonly considered: Considered | null;
  readonly parent: Migration | null;
}

async function write(workspace: Workspace, { params, considered, parent }: Wanted): Promise<Migration | null> {
  const suggestion = considered?.suggestion;
  if (suggestion === undefined && !params.empty) return null;
  return writeMigration(workspace.project, {
    message: params.message ?? suggestion?.message ?? 'empty migration',
    parent: parent?.id ?? null,
    up: suggestion?.up ?? [],
    down: suggestion?.down ?? [],
    remarks: considered?.decided,
    transaction: suggestion?.transactional ?? true,
  });
}
