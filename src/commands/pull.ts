import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { baselineView, type View } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import { findModelFiles, mayBeModel } from '../load/modelFiles.ts';
import { assertNotInterrupted } from '../migration/interruption.ts';
import { scopeWarnings, stateOf } from '../pipeline.ts';
import type { PullParams, PullResult, RequestContext } from '../protocol/methods.ts';
import type { Draft } from '../pull/draft.ts';
import { type Pulled, pullModels } from '../pull/pullModels.ts';
import { writeModels } from '../pull/writeModels.ts';
import { modelFolder } from '../seed/scaffoldModel.ts';
import { asPrintedByShadow, historyOf } from './history.ts';
import { majorWarning } from './suggestion.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/**
 * `db:pull`: writes models that say what the live database has, after they were made real and compared with it.
 * @throws MODELS_EXIST  where files would be overwritten, or models are there already
 */
export async function pull(workspace: Workspace, params: PullParams, context: RequestContext): Promise<PullResult> {
  const folder = folderOf(workspace, params.out);
  const target = await workspace.target(params.database);
  const { pulled, warnings } = await pullFrom(workspace, target, params);
  assertNotInterrupted(context.signal, 'Nothing was written.');
  const files = new Map([...pulled.draft].map(([path, { text }]) => [join(folder, path).replaceAll('\\', '/'), text]));
  const overwritten = [...files.keys()].filter((file) => existsSync(join(workspace.project.root, file)));
  const others = findModelFiles(workspace.project).filter((file) => !files.has(file));
  if (!params.dryRun) {
    refuseExisting({ files, overwritten, others: isModelFolder(workspace, files) ? others : [] }, params);
    await writeModels(workspace.project.root, files, new Set(overwritten));
  }
  return {
    schemaVersion: 1,
    files: filesOf(pulled.draft, [...files.keys()], overwritten),
    dryRun: params.dryRun ?? false,
    warnings: [...warnings, ...leftWarnings(pulled), ...placeWarnings(workspace, files, others)],
  };
}

/** @throws USAGE  for a folder outside the project */
function folderOf({ project }: Workspace, out: string | undefined): string {
  if (out === undefined) return modelFolder(project.config.models);
  const folder = relative(project.root, resolve(project.root, out));
  if (folder !== '..' && !folder.startsWith(`..${sep}`) && !isAbsolute(folder)) return folder;
  throw fail('USAGE', { problem: `--out takes a folder of the project; ${out} is outside of it` });
}

interface PulledWithWarnings {
  readonly pulled: Pulled;
  readonly warnings: readonly string[];
}

async function pullFrom(workspace: Workspace, target: Target, params: PullParams): Promise<PulledWithWarnings> {
  const { applied } = await historyOf(workspace, target);
  const [empty, history] = [
    await stateOf(target, []),
    await stateOf(
      target,
      applied.map(({ migration }) => migration),
    ),
  ];
  const { schemas, naming } = workspace.config;
  const view: View = baselineView(schemas, history.snapshot);
  const whole = await target.observed.snapshot();
  const live = view(await asPrintedByShadow(target, whole, view));
  const bench = { project: workspace.project, shadow: target.shadow, view };
  const pulled = await pullModels(bench, { empty: view(empty.snapshot), live, format: params.format ?? 'ts', naming });
  return { pulled, warnings: [...scopeWarnings(whole, view), ...majorWarning(target)] };
}

interface Existing {
  readonly files: ReadonlyMap<string, string>;
  readonly overwritten: readonly string[];
  readonly others: readonly string[];
}

function refuseExisting({ files, overwritten, others }: Existing, { force }: PullParams): void {
  if (files.size === 0 || force || overwritten.length + others.length === 0) return;
  throw fail('MODELS_EXIST', { overwritten, others });
}

const isModel = ({ project }: Workspace, file: string): boolean => mayBeModel(project, join(project.root, file));

const isModelFolder = (workspace: Workspace, files: ReadonlyMap<string, string>): boolean =>
  [...files.keys()].some((file) => isModel(workspace, file));

function leftWarnings({ left }: Pulled): readonly string[] {
  if (left.length === 0) return [];
  const names = left.slice(0, 10).map(({ before, after }) => `${(after ?? before)?.kind} ${(after ?? before)?.name}`);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : '';
  return [`the models do not say all of the database: fastpy db:diff will name ${names.join(', ')}${more}`];
}

function placeWarnings(workspace: Workspace, files: ReadonlyMap<string, string>, others: readonly string[]): readonly string[] {
  const missed = [...files.keys()].filter((file) => !isModel(workspace, file));
  const patterns = workspace.config.models.join(', ');
  const [first] = missed;
  return [
    ...(first === undefined ? [] : [`${missed.length} files are not found by the model patterns (${patterns}), such as ${first}`]),
    ...(missed.length === files.size || others.length === 0
      ? []
      : [`other models are there and stay, which may say the same again: ${others.slice(0, 10).join(', ')}`]),
  ];
}

const filesOf = (draft: Draft, names: readonly string[], overwritten: readonly string[]): PullResult['files'] =>
  [...draft.values()].map(({ objects }, index) => {
    const file = names[index] ?? '';
    return { file, objects: objects.size, overwrites: overwritten.includes(file) };
  });
