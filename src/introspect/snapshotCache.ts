import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '../database/session.ts';
import { codeIdentity } from '../support/codeIdentity.ts';
import type { Reading } from './catchUp.ts';
import { type Identified, identify, identityQuery } from './databaseIdentity.ts';
import { changedRoots, type Fingerprint } from './fingerprint.ts';
import { loadSaved, saveSnapshot } from './snapshotFile.ts';

// Long enough that a change that comes in several transactions is written once.
const QUIET_MS = 2_000;

/** Files of so many databases are kept; the least recently used goes first. */
const KEPT_FILES = 4;
const FILE = /^live-.*\.snapshot/;

/** What is written with a snapshot. */
interface Note {
  readonly reader: string;
  readonly identity: string;
  readonly fingerprint: Omit<Fingerprint, 'roots'> & { readonly roots: readonly (readonly [string, string])[] };
}

/** A reading of the database with that identity. */
interface Known {
  readonly identity: string;
  readonly reading: Promise<Reading | undefined>;
}

/** What is known of a live database, in memory and, for the next process, in a file. */
export class SnapshotCache {
  readonly #folder: string;
  readonly #place: string;
  /** Of the last database that was asked for: one that was dropped and made again under its name is another. */
  #known: Known | undefined;
  #saved: Fingerprint | undefined;
  #unsaved: { readonly identity: string; readonly reading: Reading } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<unknown> = Promise.resolve();
  #query: string | undefined;

  /**
   * @param folder  made if need be, in a folder that is there; where it cannot be written, memory is all
   * @param place  where the server is: copies of one have all else in common
   */
  constructor(folder: string, place: string) {
    this.#folder = folder;
    this.#place = place;
  }

  /** Asks a session which database it is on. */
  async identify(session: Session): Promise<Identified> {
    this.#query ??= await identityQuery(session);
    const { identity, probe } = await identify(session, this.#query).catch((error: unknown) => {
      // What the role may ask can change; the next question finds out.
      this.#query = undefined;
      throw error;
    });
    return { identity: `${this.#place} ${identity}`, probe };
  }

  /** What is known of a database, which may be out of date. */
  find(identity: string): Promise<Reading | undefined> {
    if (this.#known?.identity !== identity) this.#known = { identity, reading: this.#load(identity) };
    return this.#known.reading;
  }

  /** Remembers the newest reading of a database; it is written once nobody has called this for a while. */
  keep(identity: string, reading: Reading): void {
    this.#known = { identity, reading: Promise.resolve(reading) };
    if (this.#saved !== undefined && changedRoots(this.#saved, reading.fingerprint)?.length === 0) return;
    this.#unsaved = { identity, reading };
    this.#timer ??= setTimeout(() => void this.flush(), QUIET_MS).unref();
    this.#timer.refresh();
  }

  /** Writes what is still to be written, and waits until it is. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const unsaved = this.#unsaved;
    this.#unsaved = undefined;
    if (unsaved !== undefined) this.#saving = this.#saving.then(() => this.#save(unsaved.identity, unsaved.reading)).catch(() => undefined);
    await this.#saving;
  }

  async #load(identity: string): Promise<Reading | undefined> {
    this.#saved = undefined;
    const file = this.#fileOf(identity);
    const isOurs = (note: unknown): boolean => (note as Note).reader === codeIdentity() && (note as Note).identity === identity;
    const found = await loadSaved(file, isOurs);
    if (found === undefined) return undefined;
    const { probe, roots, rest } = (found.note as Note).fingerprint;
    this.#saved = { probe, roots: new Map(roots), rest };
    await utimes(file, new Date(), new Date()).catch(() => undefined);
    return { snapshot: found.snapshot, fingerprint: this.#saved };
  }

  async #save(identity: string, { snapshot, fingerprint }: Reading): Promise<void> {
    await mkdir(this.#folder, { mode: 0o700 }).catch(() => undefined);
    const note: Note = { reader: codeIdentity(), identity, fingerprint: { ...fingerprint, roots: [...fingerprint.roots] } };
    await saveSnapshot(this.#fileOf(identity), snapshot, note);
    this.#saved = fingerprint;
    await this.#removeOldest();
  }

  /** Drafts that a killed process left are among them. */
  async #removeOldest(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => FILE.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.#folder, name);
        return { file, usedAt: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 };
      }),
    );
    const oldest = files.toSorted((one, other) => other.usedAt - one.usedAt).slice(KEPT_FILES);
    for (const { file } of oldest) await rm(file, { force: true });
  }

  #fileOf(identity: string): string {
    return join(this.#folder, `live-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}.snapshot`);
  }
}
