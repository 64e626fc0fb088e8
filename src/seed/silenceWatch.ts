/** Ends a work that sends no statement for too long; what the database takes for one does not count. */
export class SilenceWatch {
  readonly #limitMs: number;
  readonly #overdue = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  /** Aborts when the caller interrupts, or when the silence was too long. */
  readonly signal: AbortSignal;

  constructor(limitMs: number, caller: AbortSignal | undefined) {
    this.#limitMs = limitMs;
    this.signal = AbortSignal.any([this.#overdue.signal, ...(caller ? [caller] : [])]);
    this.#listen();
  }

  /** What is wrong, once the silence was too long. */
  get complaint(): Error | undefined {
    if (!this.#overdue.signal.aborted) return undefined;
    return new Error(`it sent no statement for ${this.#limitMs / 1000} s (an endless loop?)`);
  }

  /** The same way to run statements, noticed. */
  over<Run extends (...statement: never[]) => Promise<unknown>>(run: Run): Run {
    const noticed = async (...statement: Parameters<Run>) => {
      clearTimeout(this.#timer);
      try {
        return await run(...statement);
      } finally {
        this.#listen();
      }
    };
    return noticed as unknown as Run;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #listen(): void {
    this.#timer = setTimeout(() => this.#overdue.abort(), this.#limitMs);
  }
}
