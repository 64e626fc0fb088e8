import type { Config } from '../config/project.ts';
import { managedView } from '../diff/managed.ts';
import { parseRename } from '../diff/renames.ts';
import { mapSentence, parseMap } from '../diff/valueMaps.ts';
import type { Question } from '../errors.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { roleHistory } from '../migration/roleHistory.ts';
import type { ModelSet } from '../model/statement.ts';
import { type Suggestion, stateOf, suggest } from '../pipeline.ts';
import type { Answers, DatabaseParams, SuggestionInfo } from '../protocol/methods.ts';
import { warmPlan } from '../shadow/provePlan.ts';
import { warmRehearsal } from '../shadow/rehearse.ts';
import type { State } from '../shadow/states.ts';
import { liveNames } from './liveNames.ts';
import { openQuestions, parseFills } from './questions.ts';
import type { Target } from './target.ts';
import { refuseUnknownAnswers } from './unknownAnswers.ts';
import type { Workspace } from './workspace.ts';

/** A suggestion with what is left to decide about it. */
export interface Considered {
  readonly suggestion: Suggestion;
  readonly questions: readonly Question[];
  /** What `--force` answered by itself. */
  readonly forced: readonly string[];
  /** What is a rename and what is not, and who said so, one sentence each: what the migration keeps. */
  readonly decided: readonly string[];
}

/** What is considered, and how. */
export interface Consideration {
  readonly head: State;
  /** The migrations that lead there. */
  readonly history: readonly Migration[];
  readonly answers: Answers;
  /** Files that alone can have changed since the last time; without it everything is looked at. */
  readonly changed?: readonly string[] | undefined;
  /** Ends the work between two of its steps. */
  readonly signal?: AbortSignal | undefined;
}

/** The way from a state of history to the models, proven, with its questions; null when they agree. */
export async function consider(
  workspace: Workspace,
  target: Target,
  { head, history, answers, changed, signal }: Consideration,
): Promise<Considered | null> {
  const [models] = await Promise.all([workspace.models(changed), makeReady(workspace, target, head)]);
  const suggestion = await suggest(target.models, {
    head,
    models,
    schemas: workspace.config.schemas,
    roleHistory: roleHistory(history, workspace.config.manageRoles),
    renames: answers.rename?.map(parseRename),
    maps: answers.map?.map(parseMap),
    fill: parseFills(answers.default),
    signal,
  });
  if (suggestion === null) return null;
  const liveName = once(() => liveNames(workspace, target, { head, renames: suggestion.renames }));
  refuseUnknownAnswers(suggestion, answers);
  const open = await openQuestions({ live: target.live, info: target.info, liveName }, suggestion, answers);
  return {
    suggestion: { ...suggestion, warnings: [...suggestion.warnings, ...open.hints] },
    forced: open.forced,
    decided: [...suggestion.renamed, ...suggestion.mapped.map((map) => mapSentence(map, suggestion.head)), ...open.notRenamed],
    questions: [...emptyQuestion(models, workspace, { history, answers }), ...open.questions],
  };
}

/** Makes ready what the next suggestion needs and the last one may not have needed, so that the first save is as quick as the others. */
export async function warmUp(workspace: Workspace, { database }: DatabaseParams): Promise<void> {
  const target = await workspace.target(database);
  await target.models.warm();
  await makeReady(workspace, target, await stateOf(target, await workspace.migrations([])));
}

const ready = new WeakSet<State>();

/** What a first suggestion needs beside the models takes as long as loading them. What fails here is told when it is needed. */
async function makeReady({ config }: Workspace, { models }: Target, head: State): Promise<void> {
  if (ready.has(head)) return;
  ready.add(head);
  const view = managedView(config.schemas);
  const from = view(head.snapshot);
  await warmRehearsal(head.database, from, view).catch(() => undefined);
  const earlier = await models.prepare();
  if (earlier !== undefined) warmPlan(from, view(earlier.state.snapshot));
}

/** Asked for only where rows have to be looked at, which most changes of models do not need. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Patterns that match nothing are more often a mistake than a wish to drop everything. */
function emptyQuestion(
  models: ModelSet,
  { config }: Workspace,
  { history, answers }: Pick<Consideration, 'history' | 'answers'>,
): readonly Question[] {
  if (models.files.length > 0 || answers.force) return [];
  const everything = history.length === 0 ? `the database has in ${schemasOf(config)}` : 'history made';
  const message = `No file matches the model patterns (${config.models.join(', ')}): drop everything that ${everything}?`;
  return [{ kind: 'empty', message, flags: ['--force'] }];
}

const schemasOf = ({ schemas }: Config): string =>
  schemas.includes('*') ? 'its schemas' : `the schema${schemas.length === 1 ? '' : 's'} ${schemas.join(', ')}`;

/** A suggestion as users and editors see it. */
export const suggestionInfo = (target: Target, { suggestion, questions }: Considered): SuggestionInfo => ({
  message: suggestion.message,
  changes: suggestion.changes,
  up: suggestion.up,
  down: suggestion.down,
  reversible: suggestion.reversible,
  transactional: suggestion.transactional,
  questions,
  provedOn: `PostgreSQL ${target.shadow.server.version}`,
  warnings: [...suggestion.warnings, ...majorWarning(target)],
});

/** A proof on another major is worth less, and is marked so. */
export const majorWarning = (target: Target): readonly string[] =>
  target.isSameMajor
    ? []
    : [`proved on PostgreSQL ${target.shadow.server.version} only; the database is PostgreSQL ${target.info.serverVersion}`];
