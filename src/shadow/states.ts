import { createHash } from 'node:crypto';
import type { ScratchDatabase } from '../database/scratch.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Scratch, Shadow } from './shadow.ts';

/** A database in the shadow that stands where some text led, and what it looks like. */
export interface State {
  readonly database: ScratchDatabase;
  readonly snapshot: SchemaSnapshot;
  /** What building it had to say. */
  readonly warnings: readonly string[];
}

interface Kept extends State {
  readonly drop: Scratch['drop'];
}

/** Makes a state in an empty database; what it returns are warnings. */
type Build = (database: ScratchDatabase) => Promise<readonly string[] | undefined>;

/** How many states are kept ready; the least recently used goes first. */
const KEPT_STATES = 6;

/** Keeps databases in the shadow by the content that made them, so that what did not change is not made again. */
export class States {
  readonly #shadow: Shadow;
  readonly #kept = new Map<string, Promise<Kept>>();

  constructor(shadow: Shadow) {
    this.#shadow = shadow;
  }

  /**
   * The state that `build` makes in an empty database, or the one kept under the same content. Whoever uses it leaves it as it was.
   * A build that fails keeps nothing.
   */
  async get(content: readonly string[], build: Build): Promise<State> {
    const key = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    const state = this.#kept.get(key) ?? this.#make(build);
    this.#kept.delete(key);
    this.#kept.set(key, state);
    await this.#dropOldest();
    return state.catch((error: unknown) => {
      this.#kept.delete(key);
      throw error;
    });
  }

  async #make(build: Build): Promise<Kept> {
    const { database, drop } = await this.#shadow.create();
    try {
      const warnings = (await build(database)) ?? [];
      return { database, drop, warnings, snapshot: await database.session(introspect) };
    } catch (error) {
      await drop();
      throw error;
    }
  }

  async #dropOldest(): Promise<void> {
    const surplus = [...this.#kept].slice(0, Math.max(0, this.#kept.size - KEPT_STATES));
    for (const [key, state] of surplus) {
      this.#kept.delete(key);
      await state.then(({ drop }) => drop()).catch(() => undefined);
    }
  }
}
