import { readRawCatalog } from '../introspect/rawCatalog.ts';
import type { Suggestion } from '../pipeline.ts';
import { findUnexplained, managedDifferences, unexplainedWarnings } from '../shadow/rawCheck.ts';
import type { State } from '../shadow/states.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

interface Proven {
  readonly head: State;
  readonly suggestion: Suggestion;
}

/** Warnings of the second check: what a suggestion leaves different in the catalogs though every kind takes it for equal. */
export async function unexplained(workspace: Workspace, target: Target, { head, suggestion }: Proven): Promise<readonly string[]> {
  const state = await target.models.fresh(await workspace.models([]));
  const desired = await state.database.session(readRawCatalog);
  const differences = await findUnexplained(head.database, { up: suggestion.up, down: suggestion.down, desired });
  return unexplainedWarnings(managedDifferences(differences, workspace.config.schemas));
}
