import { FastpyError } from '../errors.ts';
import { type Loaded, type LoaderOptions, LoaderProcess } from './loaderProcess.ts';

// A module that was imported again stays in memory (about 90 KB), so a child is replaced now and then: in the background from the first
// number on, and at the second one at the latest.
const WORN_RENEWALS = 1_000;
const MOST_RENEWALS = 2_000;

interface Coming {
  readonly child: LoaderProcess;
  /** Undefined when it failed: who asks next hears why. */
  readonly loaded: Promise<Loaded | undefined>;
}

/** The loader child of a project, and the one that is made ready to take its place. */
export class LoaderPool {
  readonly #options: LoaderOptions;
  readonly #onLoaded: (loaded: Loaded) => void;
  #child: LoaderProcess | undefined;
  #coming: Coming | undefined;

  /** @param onLoaded  takes over what children say, in order */
  constructor(options: LoaderOptions, onLoaded: (loaded: Loaded) => void) {
    this.#options = options;
    this.#onLoaded = onLoaded;
  }

  get isReady(): boolean {
    return this.#child?.isAlive ?? false;
  }

  /** Whether it is time to make another child ready. */
  get isWorn(): boolean {
    return this.#coming === undefined && this.#renewals > WORN_RENEWALS;
  }

  /** Says which files may have changed; the next call of `load` looks at them. */
  tell(changed: Iterable<string>): void {
    const paths = [...changed];
    this.#child?.tell(paths);
    this.#coming?.child.tell(paths);
  }

  /**
   * Imports what was not imported yet, has changed, or failed. One call at a time.
   * @throws MODEL_LOAD_FAILED
   * @throws MODEL_DUPLICATE
   */
  async load(files: readonly string[]): Promise<void> {
    if (!this.isReady || this.#renewals > MOST_RENEWALS) await this.adopt();
    const loaded = await this.#readyChild().load(files);
    this.#onLoaded(loaded);
    if (loaded.error !== undefined) throw FastpyError.from(loaded.error);
  }

  /** Starts a child that imports everything; when that is done, `adopt` puts it in its place. */
  async prepare(files: readonly string[]): Promise<void> {
    if (this.#coming === undefined) {
      const child = new LoaderProcess(this.#options);
      this.#coming = { child, loaded: child.load(files).catch(() => undefined) };
    }
    await this.#coming.loaded;
  }

  /** Waits for the child that is being made ready, if there is one, and lets it take over. Not while `load` is at work. */
  async adopt(): Promise<void> {
    const coming = this.#coming;
    const loaded = await coming?.loaded;
    if (coming === undefined || this.#coming !== coming) return;
    this.#coming = undefined;
    if (loaded === undefined || loaded.error !== undefined) return coming.child.kill();
    this.#child?.kill();
    this.#child = coming.child;
    this.#onLoaded(loaded);
  }

  /** Ends the children; the next call of `load` starts anew. */
  close(): void {
    this.#child?.kill();
    this.#coming?.child.kill();
    this.#child = undefined;
    this.#coming = undefined;
  }

  get #renewals(): number {
    return this.#child?.renewals ?? 0;
  }

  #readyChild(): LoaderProcess {
    if (this.#renewals > MOST_RENEWALS) this.#child?.kill();
    if (this.#child === undefined || !this.#child.isAlive) this.#child = new LoaderProcess(this.#options);
    return this.#child;
  }
}
