import { fail } from '../errors.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { stateOf } from '../pipeline.ts';
import type { MakeParams, MakeResult } from '../protocol/methods.ts';
import { adopt, type Baseline, planBaseline } from './baseline.ts';
import { historyOf, migrationInfo } from './history.ts';
import { type Considered, consider, suggestionInfo } from './suggestion.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** Everything that making a migration depends on, found out before anything is written. */
interface Preparation {
  readonly target: Target;
  readonly baseline: Baseline | null;
  readonly considered: Considered | null;
  readonly latest: Migration | null;
}

async function prepare(workspace: Workspace, params: MakeParams): Promise<Preparation> {
  const target = await workspace.target(params.database);
  const { migrations } = await historyOf(workspace, target);
  const baseline = migrations.length === 0 ? await planBaseline(workspace, target) : null;
  const head = baseline?.state ?? (await stateOf(target, migrations));
  const considered = params.empty ? null : await consider(workspace, target, { head, answers: params });
  return { target, baseline, considered, latest: migrations.at(-1) ?? null };
}

const warningsOf = ({ baseline, considered }: Preparation): readonly string[] => [
  ...new Set([...(baseline?.warnings ?? []), ...(considered?.suggestion.warnings ?? []), ...(considered?.forced ?? [])]),
];

/**
 * `db:make`: writes the suggestion to a file. A database that is not empty when its first migration is made is adopted first.
 * Everything that can be refused is refused before anything is written.
 * @throws ANSWERS_NEEDED
 */
export async function make(workspace: Workspace, params: MakeParams): Promise<MakeResult> {
  const preparation = await prepare(workspace, params);
  const { target, baseline, considered, latest } = preparation;
  if (considered !== null && considered.questions.length > 0) throw fail('ANSWERS_NEEDED', { questions: considered.questions });
  const adopted = baseline === null ? null : await adopt(workspace, target, baseline);
  const migration = await write(workspace, { params, considered, parent: adopted ?? latest });
  return {
    schemaVersion: 1,
    migration: migration === null ? null : migrationInfo(workspace, migration),
    baseline: adopted === null ? null : migrationInfo(workspace, adopted),
    suggestion: considered === null ? null : suggestionInfo(target, considered),
    warnings: warningsOf(preparation),
  };
}

/** What `make` would write, for a dry run. */
export async function preview(workspace: Workspace, params: MakeParams): Promise<MakeResult> {
  const preparation = await prepare(workspace, params);
  const { target, baseline, considered } = preparation;
  const suggestion = considered === null ? null : suggestionInfo(target, considered);
  const adoption = baseline === null ? [] : ['the database is not empty: its present state would become the baseline, marked applied'];
  return { schemaVersion: 1, migration: null, baseline: null, suggestion, warnings: [...adoption, ...warningsOf(preparation)] };
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
    transaction: suggestion?.proven.up.transactional ?? true,
  });
}
