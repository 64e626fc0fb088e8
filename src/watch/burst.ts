/** Gathers events into one call: after `quietMs` without another, and `capMs` after the first at the latest. */
export class Burst {
  readonly #deliver: (paths: readonly string[]) => void;
  readonly #quietMs: number;
  readonly #capMs: number;
  #paths = new Set<string>();
  #firstAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(deliver: (paths: readonly string[]) => void, limits: { readonly quietMs: number; readonly capMs: number }) {
    this.#deliver = deliver;
    this.#quietMs = limits.quietMs;
    this.#capMs = limits.capMs;
  }

  add(path: string): void {
    if (this.#paths.size === 0) this.#firstAt = Date.now();
    this.#paths.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, Math.min(this.#quietMs, this.#firstAt + this.#capMs - Date.now())));
  }

  /** Forgets what is gathered. */
  close(): void {
    clearTimeout(this.#timer);
    this.#paths = new Set();
  }

  #flush(): void {
    const paths = [...this.#paths].sort();
    this.#paths = new Set();
    this.#deliver(paths);
  }
}
