import type { ScratchDatabase, ScratchSession } from '../../../src/database/scratch.ts';
import { introspect } from '../../../src/introspect/introspect.ts';
import { sameValue } from '../../../src/kinds/sameValue.ts';
import type { SchemaSnapshot } from '../../../src/kinds/snapshot.ts';
import { makePlan } from '../../../src/plan/makePlan.ts';
import type { Scratch, Shadow } from '../../../src/shadow/shadow.ts';

/** Catalogs grow with every use, though nothing of it stays in them. */
const MOST_USES = 40;
/** Shorter queries are planned in no time. */
const LONG_QUERY = 1_000;

/**
 * A scratch database for one schema after the other. It is emptied by a plan and not made anew, and its long queries are prepared: reading a
 * whole schema is mostly planning how to. What is not quite empty afterwards is thrown away.
 */
export class ReusedDatabase {
  readonly #shadow: Shadow;
  #current: { readonly scratch: Scratch; readonly empty: SchemaSnapshot; uses: number } | undefined;

  constructor(shadow: Shadow) {
    this.#shadow = shadow;
  }

  /** Gives the work an empty database. */
  async use<T>(work: (database: ScratchDatabase) => Promise<T>): Promise<T> {
    const { scratch } = await this.#ready();
    try {
      return await work(preparing(scratch.database));
    } finally {
      await this.#tidy();
    }
  }

  async close(): Promise<void> {
    const { scratch } = this.#current ?? {};
    this.#current = undefined;
    await scratch?.drop();
  }

  async #ready() {
    if (this.#current !== undefined) return this.#current;
    const scratch = await this.#shadow.create();
    this.#current = { scratch, empty: await preparing(scratch.database).session(introspect), uses: 0 };
    return this.#current;
  }

  async #tidy(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    current.uses += 1;
    const isEmpty = current.uses < MOST_USES && (await empty(preparing(current.scratch.database), current.empty).catch(() => false));
    if (!isEmpty) await this.close();
  }
}

/** Drops everything; false where something is left. */
function empty(database: ScratchDatabase, wanted: SchemaSnapshot): Promise<boolean> {
  return database.session(async (session) => {
    const { statements } = makePlan(await introspect(session), wanted);
    await session.script(statements.map(({ sql }) => sql).join(';\n'));
    const left = await introspect(session);
    return (
      left.objects.size === wanted.objects.size && [...wanted.objects].every(([id, object]) => sameValue(left.objects.get(id), object))
    );
  });
}

/** The same database, whose sessions prepare what is long. */
function preparing(database: ScratchDatabase): ScratchDatabase {
  const withPrepared = (session: ScratchSession): ScratchSession => ({
    ...session,
    query: (text, values) => (text.length > LONG_QUERY ? session.prepared(text, values) : session.query(text, values)),
  });
  return {
    url: database.url,
    safeUrl: database.safeUrl,
    get isBusy() {
      return database.isBusy;
    },
    session: (work) => database.session((session) => work(withPrepared(session))),
    transaction: (work) => database.transaction((session) => work(withPrepared(session))),
    disconnect: (limitMs) => database.disconnect(limitMs),
    close: () => database.close(),
  };
}
