import type { ScratchDatabase, ScratchSession } from '../../../src/database/scratch.ts';
import { introspect } from '../../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../../src/kinds/snapshot.ts';
import { makePlan } from '../../../src/plan/makePlan.ts';
import type { Scratch, Shadow } from '../../../src/shadow/shadow.ts';

/** Catalogs grow with every use, though nothing of it stays in them. */
const MOST_USES = 40;
/** Shorter queries are planned in no time. */
const LONG_QUERY = 1_000;

/** What a user's objects are in, however they came to be. */
const LEFT = [
  'pg_class',
  'pg_type',
  'pg_proc',
  'pg_cast',
  'pg_publication',
  'pg_event_trigger',
  'pg_foreign_data_wrapper',
  'pg_default_acl',
  'pg_language',
]
  .map((catalog) => `(select count(*) from ${catalog} where oid >= 16384)`)
  .join(' + ');

/**
 * A scratch database for one schema after the other. It is emptied by a plan and not made anew, and its long queries are prepared: reading a
 * whole schema is mostly planning how to.
 */
export class ReusedDatabase {
  readonly #shadow: Shadow;
  #current: { readonly scratch: Scratch; readonly database: ScratchDatabase; readonly empty: SchemaSnapshot; uses: number } | undefined;

  constructor(shadow: Shadow) {
    this.#shadow = shadow;
  }

  /** The database, empty. */
  async get(): Promise<ScratchDatabase> {
    this.#current ??= await this.#make();
    this.#current.uses += 1;
    return this.#current.database;
  }

  /** Takes the database back, to be used again when it can be emptied. */
  async giveBack(standing: SchemaSnapshot): Promise<void> {
    const { database, empty, uses } = this.#current ?? (await this.#make());
    const isEmpty = uses < MOST_USES && (await drop(database, standing, empty).catch(() => false));
    if (!isEmpty) await this.throwAway();
  }

  /** Takes the database back, of which nobody knows where it stands. */
  async throwAway(): Promise<void> {
    const { scratch } = this.#current ?? {};
    this.#current = undefined;
    await scratch?.drop();
  }

  async #make() {
    const scratch = await this.#shadow.create();
    const database = preparing(scratch.database);
    return { scratch, database, empty: await database.session(introspect), uses: 0 };
  }
}

/** Drops everything; false where something is left. */
function drop(database: ScratchDatabase, standing: SchemaSnapshot, empty: SchemaSnapshot): Promise<boolean> {
  return database.session(async (session) => {
    const statements = makePlan(standing, empty).statements.map(({ sql }) => sql);
    await session.script(['BEGIN', ...statements, 'DROP SCHEMA IF EXISTS fastpyd', 'COMMIT'].join(';\n'));
    const [row] = await session.query<{ left: number }>(`select (${LEFT})::int as left`);
    return row?.left === 0;
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
