import type { Edit } from '../schema/edits.ts';
import { repeat } from '../support/repeat.ts';
import { missing, type Series, series } from '../support/series.ts';
import type { Situation } from './measure.ts';

const RUNS = 3;
const WARM_UP = 1;

/** A peer that is ready for edits. */
export interface PreparedPeer {
  /** Makes an edit, times the whole command that finds it, checks what that found, and takes all of it back. */
  time(edit: Edit): Promise<number>;
}

/**
 * Measures how long a peer's whole command takes for one added column, after one run that is not counted.
 * Where the peer cannot be had, that is the result.
 */
export async function measurePeer(
  id: string,
  { project, budgetMs, edits }: Situation,
  prepare: () => Promise<PreparedPeer>,
): Promise<readonly Series[]> {
  const size = project.tables.length;
  let peer: PreparedPeer;
  try {
    peer = await prepare();
  } catch (error) {
    return [missing(id, size, `not available here: ${(error as Error).message}`)];
  }
  const first = await repeat({ what: id, over: edits.additions(WARM_UP), budgetMs }, (edit) => peer.time(edit));
  if (first.note !== undefined) return [missing(id, size, first.note)];
  const { results, note } = await repeat({ what: id, over: edits.additions(RUNS), budgetMs }, (edit) => peer.time(edit));
  return [series(id, { size, unit: 'ms', samples: results, note })];
}

/** What was found must be the edit and nothing else; a peer that finds more or less is not timed as if it had done the work. */
export function checkFound(found: string, { pattern, edit }: { readonly pattern: RegExp; readonly edit: Edit }): void {
  const changes = found.match(pattern) ?? [];
  const column = edit.object.replace(/^.*\./, '');
  if (changes.length !== 1 || !found.includes(column)) throw new Error(`found ${changes.length} changes in place of ${edit.object}`);
}
