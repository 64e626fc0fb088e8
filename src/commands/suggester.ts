import { asFastpyError } from '../errors.ts';
import type { NotificationName, Notifications, SuggestionInfo } from '../protocol/methods.ts';
import { releaseMemory } from '../support/memory.ts';
import { serverRefusal } from './serverRefusal.ts';
import { suggestionNow } from './status.ts';
import { warmUp } from './suggestion.ts';
import type { Workspace } from './workspace.ts';

type Publish = <N extends NotificationName>(name: N, params: Notifications[N]) => void;
type SuggestionResult = { readonly suggestion: SuggestionInfo | null };

/** Paths that changed, or everything. */
type Stale = readonly string[] | typeof EVERYTHING;

const EVERYTHING = 'everything';

/** How long after a look its memory is given back. */
const QUIET_MS = 4_000;

const pathsOf = (stale: Stale | undefined): readonly string[] | undefined => (stale === EVERYTHING ? undefined : stale);

const joined = (one: Stale | undefined, other: Stale): Stale =>
  one === EVERYTHING || other === EVERYTHING ? EVERYTHING : [...new Set([...(one ?? []), ...other])];

/**
 * Keeps the suggestion of every database that somebody asked about, and tells when it changes. Work is done one piece at a time, so that
 * no command sees another one half done; saves that come meanwhile are answered once, with the last state.
 */
export class Suggester {
  readonly #workspace: Workspace;
  readonly #publish: Publish;
  readonly #staysReady: boolean;
  /** The last published suggestion of each database, as text. */
  readonly #published = new Map<string, string>();
  #queue: Promise<unknown> = Promise.resolve();
  /** What changed since the suggestions were looked at; undefined when they are fresh. */
  #stale: Stale | undefined;
  #isLookQueued = false;
  /** Ends the look at the suggestions that is going on. */
  #looking = new AbortController();
  /** The same for one that is ahead of its time. */
  #foreseeing = new AbortController();
  #tidying: NodeJS.Timeout | undefined;
  /** Works that have not begun. */
  #waiting = 0;

  /** @param staysReady  for a process that stays: what saves will need is made ready before the first */
  constructor(workspace: Workspace, publish: Publish, { staysReady }: { readonly staysReady: boolean }) {
    this.#workspace = workspace;
    this.#publish = publish;
    this.#staysReady = staysReady;
  }

  /** Runs the work when everything before it is done. */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const begin = (): Promise<T> => {
      this.#waiting--;
      return work();
    };
    const result = this.#queue.then(begin).catch((error: unknown) => {
      throw this.#explained(error);
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Runs work that changes history or database, and looks at the suggestions anew afterwards. */
  async after<T>(database: string, work: () => Promise<T>): Promise<T> {
    const result = await this.run(work);
    // Nobody listens in a process that ends with its command.
    if (!this.#staysReady) return result;
    if (!this.#published.has(database)) this.#published.set(database, '');
    this.changed();
    return result;
  }

  /** The present suggestion; from now on its changes are told. */
  get(database: string): Promise<SuggestionResult> {
    return this.run(async () => {
      const result = await suggestionNow(this.#workspace, { database });
      if (this.#staysReady && !this.#published.has(database)) this.#warm(database);
      this.#published.set(database, JSON.stringify(result));
      this.#tidyLater();
      return result;
    });
  }

  /** A look leaves a multiple of what is kept; when nothing has happened for a while, nobody waits. */
  #tidyLater(): void {
    if (!this.#staysReady) return;
    clearTimeout(this.#tidying);
    this.#tidying = setTimeout(() => void this.run(async () => releaseMemory()), QUIET_MS).unref();
  }

  /** What goes wrong here goes wrong at the first save too, and is told there. */
  #warm(database: string): void {
    this.run(() => warmUp(this.#workspace, { database })).catch(() => undefined);
  }

  /**
   * Something that suggestions depend on changed. Called again before the work begins, it is still done once; a look that is going on ends
   * at its next step, since what it would tell is no longer so.
   * @param paths  the files; without them everything is looked at
   */
  changed(paths?: readonly string[]): void {
    this.#stale = joined(this.#stale, paths ?? EVERYTHING);
    this.#looking.abort();
    if (this.#isLookQueued) return;
    this.#isLookQueued = true;
    void this.run(() => this.#look());
  }

  /**
   * Files are being saved, and `changed` will follow when no others do. A single one is worked on already; what comes of it is told by then.
   * @param paths  those so far
   */
  stirred(paths: ReadonlySet<string>): void {
    this.#looking.abort();
    this.#foreseeing.abort();
    if (paths.size > 1) return;
    this.#foreseeing = new AbortController();
    const { signal } = this.#foreseeing;
    void this.run(() => this.#foresee([...paths], signal));
  }

  /** What fails here fails again when it is looked at, and is told there. */
  async #foresee(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const changed = pathsOf(joined(this.#stale, paths));
    for (const database of this.#published.keys()) {
      if (signal.aborted || this.#waiting > 0) return;
      await suggestionNow(this.#workspace, { database, changed, signal }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    this.#isLookQueued = false;
    const stale = this.#stale;
    this.#stale = undefined;
    // Somebody waits for an answer, and nobody for this.
    if (this.#waiting > 0) return this.changed(pathsOf(stale));
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    for (const database of this.#published.keys()) await this.#refresh(database, { changed: pathsOf(stale), signal });
    this.#tidyLater();
    // A change that came meanwhile looks again, and must not forget what this look has not finished with.
    if (signal.aborted) this.#stale = joined(this.#stale, stale ?? EVERYTHING);
  }

  #explained(error: unknown): unknown {
    return serverRefusal(error, { lockTimeoutMs: this.#workspace.config.lockTimeout });
  }

  async close(): Promise<void> {
    clearTimeout(this.#tidying);
    this.#published.clear();
    this.#looking.abort();
    this.#foreseeing.abort();
    await this.#queue;
  }

  /** A model that fails is a state to show, not an end: the last good suggestion stays. */
  async #refresh(database: string, how: { readonly changed: readonly string[] | undefined; readonly signal: AbortSignal }): Promise<void> {
    try {
      const result = await suggestionNow(this.#workspace, { database, ...how });
      if (how.signal.aborted) return;
      const text = JSON.stringify(result);
      if (this.#published.get(database) === text) return;
      this.#published.set(database, text);
      this.#publish('suggestion.changed', { database, ...result });
    } catch (error) {
      if (how.signal.aborted) return;
      const { message, hint, location } = asFastpyError(this.#explained(error));
      // Whoever heard of the failure hears of its end too, though the suggestion may be the same as before.
      this.#published.set(database, '');
      this.#publish('model.failed', { message, hint, file: location?.file, line: location?.line });
    }
  }
}
