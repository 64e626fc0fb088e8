import type { ChangeInfo, Notifications } from '../protocol/methods.ts';
import { driftOf } from './drift.ts';
import { historyOf } from './history.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

const INTERVAL_MS = 2_000;
/** The rest after a database could not be looked at doubles up to this. */
const LONGEST_REST_MS = 60_000;
/** A look that takes long, on a large schema that is written to all the time, is followed by a rest of so many times that. */
const RESTS_PER_LOOK = 20;

interface Options {
  readonly workspace: Workspace;
  /** Runs work when no command does. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly publish: (params: Notifications['database.drifted']) => void;
  /** Does anybody listen? */
  readonly isAttended: () => boolean;
}

/** What is known of the drift of one database. */
interface Watched {
  mark?: string;
  /** What was told last, as text. */
  told: string;
  restMs: number;
  nextAt: number;
}

/**
 * Notices drift without being asked, in the databases that were named, as long as somebody listens: tells what has drifted when that changes.
 * It only reads, connects for a moment at a time, and starts nothing.
 */
export class DriftWatch {
  readonly #options: Options;
  readonly #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Begins to look by itself. Pairs with `stop`. */
  start(): void {
    this.#timer = setInterval(() => this.#tick(), INTERVAL_MS).unref();
  }

  /** Tells what was found, unless that is what was told last; whoever found it may be the only one who knows. */
  tell(database: string, drift: readonly ChangeInfo[]): void {
    const watched = this.#of(database);
    const text = JSON.stringify(drift);
    if (text === watched.told) return;
    watched.told = text;
    this.#options.publish({ database, drift });
  }

  /** Ends the watching, and waits for a look that is going on. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  #tick(): void {
    if (this.#looking !== undefined || !this.#options.isAttended()) return;
    this.#looking = this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
  }

  async #lookAtAll(): Promise<void> {
    for (const [database, target] of await this.#options.workspace.opened()) {
      const watched = this.#of(database);
      if (this.#timer !== undefined && Date.now() >= watched.nextAt) await this.#look(database, target, watched);
    }
  }

  #of(database: string): Watched {
    const watched = this.#watched.get(database) ?? { told: '[]', restMs: 0, nextAt: 0 };
    this.#watched.set(database, watched);
    return watched;
  }

  /** A database that cannot be reached, or whose history does not fit the files, is told of where somebody asks for it. */
  async #look(database: string, target: Target, watched: Watched): Promise<void> {
    const begunAt = Date.now();
    try {
      const mark = await target.observed.mark();
      // Not in the queue of commands: somebody's long transaction may hold locks that reading waits for.
      if (mark !== watched.mark) await target.observed.snapshot();
      watched.restMs = RESTS_PER_LOOK * (Date.now() - begunAt);
      if (mark !== watched.mark) this.tell(database, await this.#options.run(() => this.#driftIn(target)));
      watched.mark = mark;
    } catch {
      watched.restMs = Math.max(INTERVAL_MS, watched.restMs * 2);
    }
    watched.nextAt = Date.now() + Math.min(LONGEST_REST_MS, watched.restMs);
  }

  async #driftIn(target: Target): Promise<readonly ChangeInfo[]> {
    const { applied } = await historyOf(this.#options.workspace, target);
    if (applied.length === 0) return [];
    const migrations = applied.map(({ migration }) => migration);
    return (await driftOf(this.#options.workspace, target, migrations)).changes;
  }
}
