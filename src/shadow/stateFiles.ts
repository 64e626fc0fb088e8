import { readFileSync, statSync, utimesSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSnapshot, saveSnapshot } from '../introspect/snapshotFile.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { codeIdentity } from '../support/codeIdentity.ts';

/** What is known of a state beside its snapshot. */
export interface StateFacts {
  /** What building it had to say. */
  readonly warnings: readonly string[];
  readonly bytes: number;
  /** Whether a copy of the database is the same state. */
  readonly isCopyable: boolean;
}

interface Note extends StateFacts {
  readonly maker: string;
}

/** What is known of the states of a shadow that outlives this process; their databases are in the shadow. */
export class StateFiles {
  readonly #folder: string;
  /** When each state was used last in this process, no two at once. */
  readonly #usedAtMs = new Map<string, number>();
  #lastMs = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every finished state that this code made, the least recently used first; what else lies here is removed. */
  async read(): Promise<readonly (readonly [key: string, facts: StateFacts])[]> {
    const names = await readdir(this.#folder);
    const keys = names.filter((name) => name.endsWith(NOTE)).map((name) => name.slice(0, -NOTE.length));
    const found = keys.flatMap((key) => {
      const note = this.#note(key);
      return note?.maker === codeIdentity() && names.includes(`${key}${SNAPSHOT}`) ? [{ key, note, usedAt: this.#usedAt(key) }] : [];
    });
    const known = new Set(found.flatMap(({ key }) => [`${key}${NOTE}`, `${key}${SNAPSHOT}`]));
    for (const name of names) if (OURS.test(name) && !known.has(name)) await rm(join(this.#folder, name), { force: true });
    return found.sort((one, other) => one.usedAt - other.usedAt).map(({ key, note }) => [key, note]);
  }

  /** The note comes last: a state without one is not finished. */
  async save(key: string, snapshot: SchemaSnapshot, facts: StateFacts): Promise<void> {
    await saveSnapshot(this.#path(key, SNAPSHOT), snapshot);
    const draft = `${this.#path(key, NOTE)}.new`;
    await writeFile(draft, JSON.stringify({ ...facts, maker: codeIdentity() } satisfies Note), { mode: 0o600 });
    await rename(draft, this.#path(key, NOTE));
    this.#writeUse(key);
  }

  snapshot(key: string): Promise<SchemaSnapshot | undefined> {
    return loadSnapshot(this.#path(key, SNAPSHOT));
  }

  /** Remembers that the state was used now; its files may come later. */
  touch(key: string): void {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    this.#usedAtMs.set(key, this.#lastMs);
    this.#writeUse(key);
  }

  async remove(key: string): Promise<void> {
    this.#usedAtMs.delete(key);
    await rm(this.#path(key, NOTE), { force: true });
    await rm(this.#path(key, SNAPSHOT), { force: true });
  }

  #path(key: string, ending: string): string {
    return join(this.#folder, `${key}${ending}`);
  }

  #note(key: string): Note | undefined {
    try {
      return JSON.parse(readFileSync(this.#path(key, NOTE), 'utf8')) as Note;
    } catch {
      return undefined;
    }
  }

  #writeUse(key: string): void {
    const seconds = (this.#usedAtMs.get(key) ?? this.#lastMs) / 1000;
    try {
      utimesSync(this.#path(key, NOTE), seconds, seconds);
    } catch {
      // Only the order in which states go depends on it.
    }
  }

  #usedAt(key: string): number {
    return statSync(this.#path(key, NOTE), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }
}

const NOTE = '.state.json';
const SNAPSHOT = '.snapshot.json';
const OURS = /\.(?:state|snapshot)\.json/;
