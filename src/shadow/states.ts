import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { sharing } from '../diff/sharing.ts';
import { catchUp, type Reading } from '../introspect/catchUp.ts';
import { type Fingerprint, readFingerprint } from '../introspect/fingerprint.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Scratch, Shadow } from './shadow.ts';
import { type StateFacts, StateFiles } from './stateFiles.ts';
import { StateKeys } from './stateKeys.ts';
import { type Limits, surplus } from './surplus.ts';

/** A database in the shadow that stands where some text led, and what it looks like. */
export interface State {
  /** Names the content that led there. */
  readonly key: string;
  readonly database: ScratchDatabase;
  readonly snapshot: SchemaSnapshot;
  /** What building it had to say. */
  readonly warnings: readonly string[];
}

/** Makes a state in an empty database; what it returns are warnings. */
export type Build = (database: ScratchDatabase) => Promise<readonly string[] | undefined>;

/** Does the links of a chain that come after the first `done`, in a database that stands where those led. */
export type Extend = (database: ScratchDatabase, done: number) => Promise<readonly string[] | undefined>;

/** Reads what a state looks like; `earlier` is a reading of its database as it was copied, before the last links. */
export type Read = (session: ScratchSession, earlier?: Reading) => Promise<SchemaSnapshot>;

/** Of a copy only what the last links changed is read again. */
const readChanged: Read = async (session, earlier) =>
  earlier === undefined ? introspect(session) : (await catchUp(session, earlier)).snapshot;

/** How states are read, and how many are kept. */
export interface StatesOptions {
  readonly read?: Read | undefined;
  readonly limits?: Limits | undefined;
}

/** A state's database, whether or not its snapshot is in memory. */
interface Kept {
  readonly name: string;
  readonly database: ScratchDatabase;
  readonly facts: StateFacts;
}

/** A database in which a state is made, and what it was copied from. */
interface Draft extends Scratch {
  readonly done: number;
  readonly known?: { readonly snapshot: SchemaSnapshot; readonly fingerprint: Fingerprint | undefined } | undefined;
}

/** What is known of a copy before links are done in it. */
async function earlierReading({ known, database }: Draft): Promise<Reading | undefined> {
  return known && { snapshot: known.snapshot, fingerprint: known.fingerprint ?? (await database.session(readFingerprint)) };
}

// A shadow that goes with this process has its states on a small disk, or in memory; one that stays has the work of days.
const DISPOSABLE: Limits = { count: 6, bytes: 2 ** 29, least: 4 };
const PERSISTENT: Limits = { count: 12, bytes: 2 ** 29, least: 4 };
/** Of states that are in files too, so many have their snapshots in memory: the head, the models, and what a command compares with them. */
const LOADED = 4;

const NAME_PREFIX = 'fastpyd_state_';
const WAIT_MS = 2_000;
const IN_USE = '55006';

/**
 * Keeps databases in the shadow by the content that made them, so that what did not change is not made again; where the shadow outlives this
 * process, so do they. The least recently used go first, and none that somebody works on or holds.
 */
export class States {
  readonly #shadow: Shadow;
  readonly #files: StateFiles | undefined;
  readonly #read: Read;
  readonly #limits: Limits;
  readonly #keys: StateKeys;
  /** Both have the least recently used first. */
  readonly #kept = new Map<string, Kept>();
  readonly #states = new Map<string, Promise<State>>();
  /** The last snapshot that was made or loaded. */
  #newest: SchemaSnapshot | undefined;
  readonly #holds = new Set<{ readonly key: string }>();
  /** The keys of histories, and the fingerprints that were read of their databases. */
  readonly #ends = new Set<string>();
  readonly #fingerprints = new Map<string, Fingerprint>();
  /** Those that are being dropped. */
  readonly #leaving = new Map<string, Promise<void>>();
  #opening: Promise<void> | undefined;
  #tidying: Promise<void> = Promise.resolve();

  constructor(shadow: Shadow, { read = readChanged, limits }: StatesOptions = {}) {
    this.#shadow = shadow;
    this.#files = shadow.folder === undefined ? undefined : new StateFiles(shadow.folder);
    this.#read = read;
    this.#keys = new StateKeys(shadow.role);
    this.#limits = limits ?? (shadow.persistent ? PERSISTENT : DISPOSABLE);
  }

  /**
   * The state that `build` makes in an empty database, or the one kept under the same content. Whoever uses it leaves it as it was.
   * A build that fails keeps nothing.
   */
  get(content: readonly string[], build: Build): Promise<State> {
    const key = this.#keys.of(content);
    return this.#obtain(key, async () => this.#make(key, { draft: { ...(await this.#shadow.create()), done: 0 }, extend: build }));
  }

  /**
   * The state where a chain of links leads, such as a history of migrations. It starts from a copy of the longest beginning that is kept,
   * so that only the rest is done.
   */
  chain(origin: string, links: readonly string[], extend: Extend): Promise<State> {
    const keys = this.#keys.along(origin, links);
    const key = keys.at(-1) ?? '';
    this.#ends.add(key);
    return this.#obtain(key, async () => this.#make(key, { draft: await this.#begin(keys.slice(0, -1)), extend }));
  }

  /** The state that is kept under this key, by this process or by an earlier one; undefined when it is gone. */
  async kept(key: string): Promise<State | undefined> {
    this.#opening ??= this.#open();
    await this.#opening;
    if (!this.#kept.has(key)) return undefined;
    return this.#obtain(key, () => Promise.reject(new Error('the state is gone'))).catch(() => undefined);
  }

  /** A copy of a state's database, for what cannot be taken back; undefined when there can be none, or somebody works there for long. */
  copyOf({ key }: State): Promise<Scratch | undefined> {
    return this.#copy(key);
  }

  /** Where files that belong to the states lie; undefined when they go with this process. */
  get folder(): string | undefined {
    return this.#shadow.folder;
  }

  /** Keeps a state from going, for whoever works with it longer than a command does, until the returned function is called. */
  hold({ key }: State): () => void {
    const hold = { key };
    this.#holds.add(hold);
    return () => void this.#holds.delete(hold);
  }

  /** Resolves when nothing goes on behind the scenes: what is too much is dropped there. */
  settled(): Promise<void> {
    return this.#tidying;
  }

  /** Ends what goes on behind the scenes, and every connection. A server of somebody else is left as it was. */
  async close(): Promise<void> {
    await this.settled();
    await Promise.allSettled([...this.#kept.values()].map(({ database }) => database.close()));
    if (this.#shadow.server.isShared) await Promise.allSettled([...this.#kept.keys()].map((key) => this.#drop(key)));
  }

  async #obtain(key: string, make: () => Promise<State>): Promise<State> {
    this.#opening ??= this.#open();
    await this.#opening;
    const state = this.#states.get(key) ?? this.#load(key, make);
    this.#use(key, state);
    try {
      return await state;
    } catch (error) {
      this.#states.delete(key);
      throw error;
    }
  }

  #use(key: string, state: Promise<State>): void {
    moveToEnd(this.#states, key, state);
    const kept = this.#kept.get(key);
    if (kept !== undefined) moveToEnd(this.#kept, key, kept);
    if (this.#files === undefined) return;
    this.#files.touch(key);
    for (const other of [...this.#states.keys()].slice(0, -LOADED)) this.#states.delete(other);
  }

  /** What an earlier process kept, and finished. */
  async #open(): Promise<void> {
    if (this.#files === undefined) return;
    const databases = new Set(await this.#shadow.names(NAME_PREFIX));
    for (const [key, facts] of await this.#files.read()) {
      if (databases.delete(nameOf(key))) this.#keep(key, { name: nameOf(key), facts });
      else await this.#files.remove(key);
    }
    for (const name of databases) await this.#shadow.drop(name);
  }

  #keep(key: string, { name, facts }: Omit<Kept, 'database'>): Kept {
    const kept = { name, facts, database: this.#shadow.connect(name) };
    this.#kept.set(key, kept);
    return kept;
  }

  async #load(key: string, make: () => Promise<State>): Promise<State> {
    // Its files may be on their way.
    if (this.#kept.has(key)) await this.#tidying;
    const kept = this.#kept.get(key);
    const snapshot = kept && (await this.#files?.snapshot(key));
    if (kept && snapshot) return { key, database: kept.database, snapshot: this.#share(snapshot), warnings: kept.facts.warnings };
    if (kept) await this.#drop(key);
    await this.#leaving.get(key);
    const state = await make();
    this.#behind(() => this.#finish(state));
    this.#behind(() => this.#tidy());
    return state;
  }

  /** Does this when what was to be done before is done; nobody waits for it. */
  #behind(work: () => Promise<void>): void {
    this.#tidying = this.#tidying.then(work).catch(() => undefined);
  }

  /** Writes the files of a state, without which it is not found again, and reads ahead what a longer history will ask of it. */
  async #finish({ key, database, snapshot }: State): Promise<void> {
    const kept = this.#kept.get(key);
    if (kept === undefined || this.#files === undefined) return;
    await this.#files.save(key, snapshot, kept.facts);
    if (this.#ends.has(key)) this.#fingerprints.set(key, await database.session(readFingerprint));
  }

  /** An empty database, or a copy of the state of the longest of these beginnings that is kept. */
  async #begin(beginnings: readonly string[]): Promise<Draft> {
    // Copying what is there without any link is no less work than making it.
    for (let done = beginnings.length - 1; done > 0; done--) {
      const draft = await this.#copy(beginnings[done] ?? '');
      if (draft !== undefined) return { ...draft, done };
    }
    return { ...(await this.#shadow.create()), done: 0 };
  }

  /** Nobody may be connected to what is copied, so it is waited for those who work there; undefined when that takes too long. */
  async #copy(key: string): Promise<Omit<Draft, 'done'> | undefined> {
    const kept = this.#kept.get(key);
    if (!kept?.facts.isCopyable) return undefined;
    const { snapshot } = await this.#obtain(key, () => Promise.reject(new Error('a state is gone that was there')));
    if (!(await kept.database.disconnect(WAIT_MS))) return undefined;
    return this.#shadow.copy(kept.name).then(
      (scratch) => ({ ...scratch, known: { snapshot, fingerprint: this.#fingerprints.get(key) } }),
      (error: unknown) => {
        if (error instanceof SqlError && error.sqlState === IN_USE) return undefined;
        throw error;
      },
    );
  }

  async #make(key: string, { draft, extend }: { readonly draft: Draft; readonly extend: Extend }): Promise<State> {
    try {
      const earlier = await earlierReading(draft);
      const warnings = (await extend(draft.database, draft.done)) ?? [];
      const snapshot = this.#share(await draft.database.session((session) => this.#read(session, earlier)));
      // The connections that made all this know all of it, and are large.
      await draft.database.close();
      const facts = { warnings, ...(await this.#shadow.facts(draft.name)) };
      const { database } = this.#keep(key, { name: await this.#settle(key, draft.name), facts });
      return { key, database, snapshot, warnings };
    } catch (error) {
      await draft.drop().catch(() => undefined);
      throw error;
    }
  }

  /** Head and models have nearly everything in common. A patch shares what it was made from already. */
  #share(snapshot: SchemaSnapshot): SchemaSnapshot {
    const shared = snapshot.patch === undefined && this.#newest !== undefined ? sharing(snapshot, this.#newest) : snapshot;
    this.#newest = shared;
    return shared;
  }

  /** Gives a finished database the name under which the next process finds it. */
  async #settle(key: string, draft: string): Promise<string> {
    if (this.#files === undefined) return draft;
    await this.#shadow.rename(draft, nameOf(key));
    return nameOf(key);
  }

  async #tidy(): Promise<void> {
    const held = new Set([...this.#holds].map(({ key }) => key));
    const all = [...this.#kept].map(([key, { facts, database }]) => ({
      key,
      bytes: facts.bytes,
      isInUse: held.has(key) || database.isBusy,
    }));
    for (const { key } of surplus(all, this.#limits)) await this.#drop(key);
  }

  #drop(key: string): Promise<void> {
    const dropping = this.#remove(key).finally(() => this.#leaving.delete(key));
    this.#leaving.set(key, dropping);
    return dropping;
  }

  async #remove(key: string): Promise<void> {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    this.#states.delete(key);
    this.#fingerprints.delete(key);
    await this.#files?.remove(key);
    await kept?.database.close();
    if (kept) await this.#shadow.drop(kept.name);
  }
}

const nameOf = (key: string): string => `${NAME_PREFIX}${key}`;

function moveToEnd<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
}
