import { randomInt } from 'node:crypto';
import type { Project } from '../config/project.ts';
import type { BulkDatabase, BulkSession } from '../database/bulk.ts';
import type { Query } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import type { ChildAnswers } from '../migration/childMessages.ts';
import { assertNotInterrupted, interruption } from '../migration/interruption.ts';
import { ProjectChild } from '../migration/projectChild.ts';
import { endsTransaction } from '../migration/transactionControl.ts';
import type { Progress, SeededInfo } from '../protocol/methods.ts';
import { inDeclaredOrder, orderSeeders } from './orderSeeders.ts';
import { LOAD_LIMIT_MS, SEED_CHILD, typeScriptTables } from './projectModels.ts';
import { seederFailure } from './seederFailure.ts';
import { findSeeder, listSeeders, type SeederFile } from './seederFiles.ts';
import { SilenceWatch } from './silenceWatch.ts';

export interface RunSeedersOptions {
  readonly project: Project;
  readonly database: BulkDatabase;
  /** The one to run, in any spelling; all of them otherwise. */
  readonly seeder?: string | undefined;
  readonly count?: number | undefined;
  /** The same number gives the same rows; a random one otherwise. */
  readonly randomSeed?: number | undefined;
  /** The names of tables, `public.users`, each behind those that it refers to. */
  readonly order?: readonly string[] | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long a seeder may go without a statement, in milliseconds. */
  readonly silenceLimitMs?: number | undefined;
}

/** What was seeded, and the number that gives the same rows again. */
export interface Seeding {
  readonly seeded: readonly SeededInfo[];
  readonly randomSeed: number;
}

// Long enough for a seeder that makes up a million rows before it inserts the first.
const SILENCE_LIMIT_MS = 60_000;
const LARGEST_SEED = 2 ** 29;

/** A number for `--random-seed`, which takes up to nine digits. */
export const randomNumber = (): number => randomInt(LARGEST_SEED);

/**
 * Runs seeders in a child, each in a transaction of its own, those of referenced tables first. Stops at the first that fails.
 * @throws SEEDER_NOT_FOUND
 * @throws SEEDER_FAILED  with the seeder's line; its rows are rolled back
 * @throws CANCELLED
 */
export async function runSeeders(options: RunSeedersOptions): Promise<Seeding> {
  const randomSeed = options.randomSeed ?? randomNumber();
  const files = await chooseSeeders(options);
  if (files.length === 0) return { seeded: [], randomSeed };
  const child = new ProjectChild(options.project.root, SEED_CHILD);
  try {
    const ordered = await loadAll(child, files, options);
    return { seeded: await runAll(child, ordered, { ...options, randomSeed }), randomSeed };
  } finally {
    child.end();
  }
}

async function chooseSeeders({ project, seeder, order = [] }: RunSeedersOptions): Promise<readonly SeederFile[]> {
  const all = await listSeeders(project);
  if (seeder !== undefined) return [findSeeder(all, seeder)];
  if (all.length < 2) return all;
  // A model that does not load is the error of the seeder that imports it.
  return orderSeeders(all, { order, models: () => typeScriptTables(project).catch(() => []) });
}

/** Before the first row is inserted, so that a mistake in the last file does not leave the rows of the others. */
async function loadAll(
  child: ProjectChild,
  seeders: readonly SeederFile[],
  { project, signal }: RunSeedersOptions,
): Promise<readonly SeederFile[]> {
  let current = seeders[0];
  const onNotice = (file: string): void => {
    current = seeders.find((seeder) => seeder.file === file);
  };
  const files = seeders.map(({ file }) => file);
  const request = { type: 'loadSeeders', files } as const;
  const loaded = await child
    .ask<ChildAnswers['loadSeeders']>(request, { limitMs: LOAD_LIMIT_MS, onNotice, signal })
    .catch((error: unknown) => {
      assertNotInterrupted(signal, 'No row was inserted.');
      throw current === undefined ? error : seederFailure(error, { seeder: current, project });
    });
  return inDeclaredOrder(seeders, loaded);
}

type RunOptions = RunSeedersOptions & { readonly randomSeed: number };

async function runAll(child: ProjectChild, seeders: readonly SeederFile[], options: RunOptions): Promise<readonly SeededInfo[]> {
  const seeded: SeededInfo[] = [];
  for (const [done, seeder] of seeders.entries()) {
    options.onProgress?.({ message: `seeding ${seeder.name}`, done, total: seeders.length });
    const started = performance.now();
    const rows = await runOne(child, seeder, options);
    if (rows !== null) seeded.push({ seeder: seeder.name, rows, durationMs: Math.round(performance.now() - started) });
  }
  return seeded;
}

/** The number of rows it inserted; null when another seeder had called it already. */
async function runOne(child: ProjectChild, seeder: SeederFile, options: RunOptions): Promise<number | null> {
  const { project, database, count, randomSeed, signal } = options;
  const watch = new SilenceWatch(options.silenceLimitMs ?? SILENCE_LIMIT_MS, signal);
  const refusals: SqlError[] = [];
  const work = async ({ query, copy }: BulkSession): Promise<number | null> => {
    const before = await countInserted(query);
    const onRefusal = (error: SqlError): void => void refusals.push(error);
    const session = {
      query: watch.over(guard(query, onRefusal)),
      copy: watch.over((text: string, data: Uint8Array) => copy(text, data).catch(noticing(onRefusal))),
    };
    const request = { type: 'runSeeder', file: seeder.file, count, randomSeed } as const;
    const hasRun = await child.ask<boolean>(request, { session, signal: watch.signal });
    if (refusals[0] !== undefined) throw refusals[0];
    return hasRun ? (await countInserted(query)) - before : null;
  };
  try {
    return await database.transaction(work);
  } catch (error) {
    if (signal?.aborted) throw interruption(`The rows of ${seeder.name} were rolled back; the seeders before it are kept.`);
    throw seederFailure(watch.complaint ?? error, { seeder, project, randomSeed }, refusals[0]);
  } finally {
    watch.end();
  }
}

/** Refuses to end the seeder's transaction, and tells what PostgreSQL refused: from then on the transaction is lost. */
function guard(query: Query, onRefusal: (error: SqlError) => void): Query {
  return async <Row>(statement: string, values?: readonly unknown[]) => {
    if (endsTransaction(statement)) throw transactionControl(statement);
    return query<Row>(statement, values).catch(noticing(onRefusal));
  };
}

const noticing =
  (onRefusal: (error: SqlError) => void) =>
  (error: unknown): never => {
    if (error instanceof SqlError) onRefusal(error);
    throw error;
  };

const transactionControl = (statement: string): SqlError =>
  new SqlError({ message: 'a seeder runs in one transaction, which fastpyd itself begins and ends', sqlState: '2D000', statement });

/**
 * Rows inserted by this transaction, those of COPY and of triggers included. The view still holds what the connection's last
 * transaction did until that is reported, so only the difference of two readings is meant.
 * @see https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-STATS-VIEWS
 */
async function countInserted(query: Query): Promise<number> {
  const [row] = await query<{ inserted: number | string }>(
    `select coalesce(sum(n_tup_ins), 0)::bigint as inserted from pg_stat_xact_user_tables where schemaname <> 'fastpyd'`,
  );
  return Number(row?.inserted ?? 0);
}
