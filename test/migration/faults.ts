import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import type { Database } from '../../src/database/session.ts';
import { FastpyError } from '../../src/errors.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import { rollbackMigrations } from '../../src/migration/rollback.ts';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { type Child, runChild } from '../support/child.ts';
import { type Fault, faultyProxy } from '../support/faultyProxy.ts';
import { plain } from '../support/plainSnapshot.ts';
import { createDatabase, withServer } from '../support/servers.ts';
import { testHistory } from './history.ts';

/** A step that leaves one row for each time that it was run. */
export const logged = (name: string): string => `sql\`INSERT INTO log VALUES ('${name}')\``;

const SOURCES = {
  '20260101000000_a': `up: [sql\`CREATE TABLE log (name text)\`, ${logged('a')}], down: [sql\`DROP TABLE log\`]`,
  '20260102000000_b': `up: [sql\`CREATE TABLE b (id int); INSERT INTO b VALUES (1)\`, async ({ query }) => { await query(${logged('b')}); }], down: [sql\`DROP TABLE b\`]`,
  '20260103000000_c': `transaction: false, up: [${logged('c')}, sql\`CREATE INDEX CONCURRENTLY b_id ON b (id)\`, sql\`CREATE TABLE c ()\`], down: [sql\`DROP INDEX CONCURRENTLY IF EXISTS b_id\`, sql\`DROP TABLE c\`]`,
  '20260104000000_d': `up: [sql\`ALTER TABLE b ADD COLUMN d int DEFAULT 4\`, ${logged('d')}], down: [sql\`ALTER TABLE b DROP COLUMN d\`]`,
};

const LOCK_TIMEOUT_MS = 20_000;

export type Direction = 'up' | 'down';

/** All that a run leaves behind, as text. */
type State = string;

/** A history that is broken again and again; read once, since only databases are harmed. */
export interface Patient {
  readonly migrations: readonly Migration[];
  readonly root: string;
  readonly server: Cluster;
  /** What runs that nothing has broken leave, and how many requests they make. */
  readonly clean: Readonly<Record<Direction, { readonly state: State; readonly requests: number }>>;
  end(): Promise<void>;
}

/** @param sources  the first makes the table `log`; `logged` steps show what ran twice */
export async function patient(sources: Readonly<Record<string, string>> = SOURCES, given?: Cluster): Promise<Patient> {
  const history = await testHistory(sources);
  const server = given ?? (await withServer(18));
  const work = { migrations: await history.read(), root: history.project.root, server };
  const { url, drop } = await createDatabase(server);
  const measure = async (direction: Direction) => {
    const proxy = await faultyProxy(url);
    await migrate(work, proxy.url, direction);
    await proxy.close();
    return { state: await stateOf(url), requests: proxy.requests };
  };
  const clean = { up: await measure('up'), down: await measure('down') };
  await drop();
  return { ...work, clean, end: () => history.end() };
}

/** Breaks a run at the fault, runs it again, and holds the result against a run that nothing had broken. */
export async function breakConnection(work: Patient, direction: Direction, fault: Fault): Promise<void> {
  await withVictim(work, direction, async (url) => {
    const proxy = await faultyProxy(url, fault);
    const error = await migrate(work, proxy.url, direction).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await proxy.close();
    assert.ok(proxy.isTriggered, 'the fault was given');
    await assertTruth(work, { url, error, direction });
    await finish(work, url, direction);
  });
}

/** Kills a process that migrates when it has come to a request, and lets another one finish. */
export async function killProcess(work: Patient, direction: Direction, request: number): Promise<void> {
  await withVictim(work, direction, async (url) => {
    const killed = Promise.withResolvers<void>();
    const proxy = await faultyProxy(url, { request, moment: 'before', act: () => void child.kill('SIGKILL').then(killed.resolve) });
    const child = migrateInChild(work, proxy.url, direction);
    await Promise.race([killed.promise, endOf(child).catch(() => killed.promise)]);
    await proxy.close();
    await finish(work, url, direction);
  });
}

/** Gives the work a database on which one direction is to be run. */
export async function withVictim(work: Patient, direction: Direction, harm: (url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await createDatabase(work.server);
  try {
    if (direction === 'down') await migrate(work, url, 'up');
    await harm(url);
  } finally {
    await drop();
  }
}

/** Runs what is left, and holds the result against a run that nothing had broken. */
export async function finish(work: Patient, url: string, direction: Direction): Promise<void> {
  await migrate(work, url, direction);
  assert.is(await stateOf(url), work.clean[direction].state);
}

type Work = Pick<Patient, 'migrations' | 'root'>;

/** Runs one direction in this process. */
export async function migrate({ migrations, root }: Work, url: string, direction: Direction): Promise<void> {
  const options = { root, lockTimeoutMs: LOCK_TIMEOUT_MS };
  await withDatabase(url, async (database) => {
    if (direction === 'up') await applyMigrations(database, migrations, options);
    else await rollbackMigrations(database, [...migrations].reverse(), options);
  });
}

/** Runs one direction in a process of its own, which tells what it waits for, and then which migrations were applied by it and by others. */
export function migrateInChild({ migrations, root }: Work, url: string, direction: Direction = 'up', through?: readonly string[]): Child {
  const code = `
    const { applyMigrations } = await import(src + 'migration/apply.ts');
    const { rollbackMigrations } = await import(src + 'migration/rollback.ts');
    const { openDatabase } = await import(src + 'database/live.ts');
    const database = await openDatabase(${JSON.stringify(url)});
    const migrations = ${JSON.stringify(migrations)};
    const onProgress = ({ message }) => tell({ progress: message });
    const options = { root: ${JSON.stringify(root)}, lockTimeoutMs: ${LOCK_TIMEOUT_MS}, onProgress };
    try {
      if (${JSON.stringify(direction)} === 'down') tell({ rolledBack: (await rollbackMigrations(database, migrations.reverse(), options)).length });
      else {
        const { applied, appliedElsewhere } = await applyMigrations(database, migrations, options);
        tell({ applied: applied.map(({ id }) => id), elsewhere: appliedElsewhere.map(({ id }) => id) });
      }
    } catch (error) {
      tell({ failed: error.code ?? 'none', message: error.message, hint: error.hint });
    }
    process.exit();
  `;
  return runChild(code, { through });
}

/** What a child says. */
export interface Told {
  readonly progress?: string;
  readonly applied?: readonly string[];
  readonly elsewhere?: readonly string[];
  readonly rolledBack?: number;
  /** The code of an error. */
  readonly failed?: string;
  readonly message?: string;
  readonly hint?: string;
}

/** The last thing that a child says, after its progress. */
export async function endOf(child: Child): Promise<Told> {
  for (;;) {
    const told = await child.next<Told>();
    if (told.progress === undefined) return told;
  }
}

/** Waits until a child says something of this progress. */
export async function progressOf(child: Child, sought: RegExp): Promise<string> {
  for (;;) {
    const told = await child.next<Told>();
    if (told.progress === undefined) throw new Error(`it ended: ${JSON.stringify(told)}`);
    if (sought.test(told.progress)) return told.progress;
  }
}

/** What the error says of the database must be so. */
async function assertTruth(
  work: Patient,
  { url, error, direction }: { readonly url: string; readonly error: unknown; readonly direction: Direction },
): Promise<void> {
  const applied = await withDatabase(url, async (database) => (await readRevisions(database)).map(({ id }) => id));
  if (error === undefined) {
    const ids = work.migrations.map(({ id }) => id);
    return assert.equal(applied, direction === 'up' ? ids : []);
  }
  assert.instance(error, FastpyError, String(error));
  const hint = (error as FastpyError).hint ?? '';
  const untouched = /Nothing of (\w+) was (applied|rolled back)/.exec(hint);
  if (untouched) assert.is(applied.includes(untouched[1] ?? ''), direction === 'down', hint);
  for (const id of /([\w, ]+) before it (?:is|are) (?:applied|rolled back)/.exec(hint)?.[1]?.match(/\d{14}_\w+/g) ?? [])
    assert.is(applied.includes(id), direction === 'up', hint);
}

/** The catalog, the ledger, what was run how often, and what is left half done. */
export function stateOf(url: string): Promise<State> {
  return withDatabase(url, async (database) => {
    const ask = (text: string) => database.session((session) => session.query<Record<string, unknown>>(text));
    const [log] = await ask(`select to_regclass('public.log') is not null as "isThere"`);
    return JSON.stringify(
      {
        applied: (await readRevisions(database)).map(({ id }) => id),
        steps: await ask('select * from fastpyd.steps'),
        invalid: await ask('select indexrelid::regclass::text from pg_index where not indisvalid'),
        ran: log?.isThere === true ? await ask('select name, count(*) from public.log group by name order by name') : [],
        catalog: plain(await database.transaction(introspect)).objects,
      },
      null,
      1,
    );
  });
}

/** Gives the work the database, and closes it also where that fails. */
export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close().catch(() => undefined);
  }
}
