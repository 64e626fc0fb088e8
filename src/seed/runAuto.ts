import type { BulkDatabase, BulkSession } from '../database/bulk.ts';
import { SqlError } from '../database/sqlError.ts';
import { fail } from '../errors.ts';
import { assertNotInterrupted } from '../migration/interruption.ts';
import { ChildFailure, ProjectChild } from '../migration/projectChild.ts';
import type { Progress, SeededInfo } from '../protocol/methods.ts';
import type { AutoRequest, AutoResult } from './auto/autoSeed.ts';
import { SEED_CHILD } from './projectModels.ts';
import { SilenceWatch } from './silenceWatch.ts';

/** How tables are filled without seeders. */
export interface RunAutoOptions {
  readonly root: string;
  readonly database: BulkDatabase;
  readonly request: AutoRequest;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was filled, and what was not for which reason. */
export interface AutoSeeding {
  readonly seeded: readonly SeededInfo[];
  readonly unfilled: readonly string[];
}

const SILENCE_LIMIT_MS = 120_000;

/**
 * Fills tables in a child, in one transaction, with rows made from what the catalog says of them.
 * @throws CANCELLED
 */
export async function runAuto({ root, database, request, onProgress, signal }: RunAutoOptions): Promise<AutoSeeding> {
  const child = new ProjectChild(root, SEED_CHILD);
  const watch = new SilenceWatch(SILENCE_LIMIT_MS, signal);
  const counting = new Counting(request.count, onProgress);
  try {
    const results = await database.transaction((session) =>
      child.ask<readonly AutoResult[]>(
        { type: 'autoSeed', request },
        { session: overSavepoints(session, watch, counting), signal: watch.signal, onNotice: (table) => counting.begin(table) },
      ),
    );
    return tell(results, request.count);
  } catch (error) {
    assertNotInterrupted(signal, 'All rows that were made were rolled back.');
    throw failureOf(watch.complaint ?? error);
  } finally {
    watch.end();
    child.end();
  }
}

function failureOf(error: unknown): unknown {
  if (error instanceof SqlError)
    return fail('SEEDER_FAILED', { seeder: '--auto', reason: [error.message, error.detail].filter(Boolean).join('; ') });
  return error instanceof ChildFailure ? fail('SEEDER_FAILED', { seeder: '--auto', reason: error.message }, { cause: error }) : error;
}

/** A COPY that is refused takes nothing else along. */
function overSavepoints(session: BulkSession, watch: SilenceWatch, counting: Counting): BulkSession {
  const copy = async (text: string, data: Uint8Array): Promise<number> => {
    await session.query('SAVEPOINT fastpyd_copy');
    try {
      const rows = await session.copy(text, data);
      await session.query('RELEASE SAVEPOINT fastpyd_copy');
      counting.add(rows);
      return rows;
    } catch (error) {
      await session.query('ROLLBACK TO SAVEPOINT fastpyd_copy').catch(() => undefined);
      throw error;
    }
  };
  return { query: watch.over(session.query), copy: watch.over(copy) };
}

/** Tells how far the table at work is. */
class Counting {
  readonly #total: number;
  readonly #tell: ((progress: Progress) => void) | undefined;
  #table = '';
  #rows = 0;

  constructor(total: number, tell: ((progress: Progress) => void) | undefined) {
    this.#total = total;
    this.#tell = tell;
  }

  begin(table: string): void {
    this.#table = table;
    this.#rows = 0;
    this.add(0);
  }

  add(rows: number): void {
    this.#rows += rows;
    this.#tell?.({ message: `filling ${this.#table}`, done: this.#rows, total: this.#total, unit: 'rows' });
  }
}

const tell = (results: readonly AutoResult[], count: number): AutoSeeding => ({
  seeded: results.flatMap(({ table, rows, durationMs }) => (rows > 0 ? [{ seeder: table, rows, durationMs }] : [])),
  unfilled: results.flatMap(({ table, rows, reason }) =>
    rows >= count ? [] : [`${table} has got ${rows} of ${count} rows: ${reason ?? 'its keys have no other values'}`],
  ),
});
