import { statSync } from 'node:fs';

/**
 * What each file was when an event about it was last told of, so that two reports of one change are told once.
 * Two writes that the clock of the file system cannot tell apart may count as one: whoever hears of the first reads later than both.
 */
export class Sightings {
  readonly #states = new Map<string, string>();

  /** Is the file another than when it was last seen, or gone? It counts as seen from now on. */
  isNews(path: string): boolean {
    const state = stateOf(path);
    if (state !== undefined && state === this.#states.get(path)) return false;
    if (state === undefined) this.#states.delete(path);
    else this.#states.set(path, state);
    return true;
  }
}

function stateOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? `${stats.ino}/${stats.size}/${stats.mtimeMs}/${stats.ctimeMs}` : undefined;
}
