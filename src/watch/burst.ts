/** How long a burst is waited for, in milliseconds. */
export interface BurstLimits {
  /** Without another event. */
  readonly quietMs: number;
  /** The same once there are many: what changes that many files pauses now and then. */
  readonly bulkQuietMs: number;
  /** From the first event on. */
  readonly capMs: number;
}

const MANY = 20;

/** Who hears of a burst. */
export interface BurstListener {
  /** At its end: all of its paths, sorted. */
  readonly deliver: (paths: readonly string[]) => void;
  /** At each event: the paths so far. */
  readonly stir?: ((paths: ReadonlySet<string>) => void) | undefined;
}

/** Gathers events into one call, at the end of a burst of them. */
export class Burst {
  readonly #listener: BurstListener;
  readonly #limits: BurstLimits;
  #paths = new Set<string>();
  #firstAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(listener: BurstListener, limits: BurstLimits) {
    this.#listener = listener;
    this.#limits = limits;
  }

  add(path: string): void {
    if (this.#paths.size === 0) this.#firstAt = Date.now();
    this.#paths.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), this.#waitMs());
    this.#listener.stir?.(this.#paths);
  }

  /** Forgets what is gathered. */
  close(): void {
    clearTimeout(this.#timer);
    this.#paths = new Set();
  }

  #waitMs(): number {
    const { quietMs, bulkQuietMs, capMs } = this.#limits;
    const left = this.#firstAt + capMs - Date.now();
    return Math.max(0, Math.min(this.#paths.size > MANY ? bulkQuietMs : quietMs, left));
  }

  #flush(): void {
    const paths = [...this.#paths].sort();
    this.#paths = new Set();
    this.#listener.deliver(paths);
  }
}
