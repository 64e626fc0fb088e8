import type { Progress } from '../protocol/methods.ts';

/** Sends progress at most so often; what comes between waits, and only the latest of it is sent. A notice is sent at once. */
export class ProgressThrottle {
  readonly #send: (progress: Progress) => void;
  readonly #intervalMs: number;
  #waiting: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (progress: Progress) => void, intervalMs: number) {
    this.#send = send;
    this.#intervalMs = intervalMs;
  }

  update(progress: Progress): void {
    if (this.#timer !== undefined && progress.isNotice !== true) {
      this.#waiting = progress;
      return;
    }
    this.#send(progress);
    this.#timer ??= setTimeout(() => this.#tick(), this.#intervalMs);
  }

  /** Forgets what waits: the result that follows says more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
  }

  #tick(): void {
    const waiting = this.#waiting;
    this.#timer = undefined;
    this.#waiting = undefined;
    if (waiting !== undefined) this.update(waiting);
  }
}
