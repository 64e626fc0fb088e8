import { hash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';

// A file can change again within one tick of the file system's clock, and its times do not tell: git calls that racy, and looks at the
// content. The coarsest clocks in use tick every two seconds.
const RACY_MS = 2_000;

/** What content is compared by; the same here and in the loader child. */
export const contentHash = (content: string | Uint8Array): string => hash('sha1', content);

interface Seen {
  readonly stats: Stats | undefined;
  /** False where the file may have changed since, and still have these stats. */
  readonly isSettled: boolean;
  /** Undefined where there is no file that can be read. */
  readonly hash: string | undefined;
}

const STATS = ['size', 'mtimeMs', 'ctimeMs', 'ino', 'dev'] as const;

const isSame = (one: Stats | undefined, other: Stats | undefined): boolean => STATS.every((key) => one?.[key] === other?.[key]);

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** What files held when they were looked at last; a file is read again only where its stats cannot vouch for it. */
export class FileStates {
  readonly #seen = new Map<string, Seen>();

  has(path: string): boolean {
    return this.#seen.has(path);
  }

  paths(): Iterable<string> {
    return this.#seen.keys();
  }

  hashOf(path: string): string | undefined {
    return this.#seen.get(path)?.hash;
  }

  /** Whether a file holds something else than at the last look; true at the first one. */
  look(path: string): boolean {
    const known = this.#seen.get(path);
    const lookedAt = Date.now();
    const stats = statsOf(path);
    if (known?.isSettled && isSame(known.stats, stats)) return false;
    const content = stats && contentOf(path);
    const hash = content && contentHash(content);
    this.#seen.set(path, { stats, isSettled: stats === undefined || stats.ctimeMs < lookedAt - RACY_MS, hash });
    return known === undefined || known.hash !== hash;
  }

  /** Reads a file anew. */
  read(path: string): Buffer {
    const content = readFileSync(path);
    this.note(path, contentHash(content));
    return content;
  }

  /** Takes the word of somebody who has read the file after the last look. */
  note(path: string, hash: string): void {
    const known = this.#seen.get(path);
    this.#seen.set(path, { stats: known?.stats, isSettled: known?.isSettled ?? false, hash });
  }

  /** Forgets all other files. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of [...this.#seen.keys()]) if (!paths.has(path)) this.#seen.delete(path);
  }
}
