import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { FastpyError } from '../../src/errors.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import { rollbackMigrations } from '../../src/migration/rollback.ts';
import { runChild } from '../support/child.ts';
import { type Fault, faultyProxy } from '../support/faultyProxy.ts';
import { createDatabase } from '../support/servers.ts';
import { testHistory } from './history.ts';

/** Every migration leaves one row for each time that it was run. */
const logged = (name: string): string => `sql\`INSERT INTO log VALUES ('${name}')\``;

const SOURCES = {
  '20260101000000_a': `up: [sql\`CREATE TABLE log (name text)\`, ${logged('a')}], down: [sql\`DROP TABLE log\`]`,
  '20260102000000_b': `up: [sql\`CREATE TABLE b (id int); INSERT INTO b VALUES (1)\`, async ({ query }) => { await query(${logged('b')}); }], down: [sql\`DROP TABLE b\`]`,
  '20260103000000_c': `transaction: false, up: [${logged('c')}, sql\`CREATE INDEX CONCURRENTLY b_id ON b (id)\`, sql\`CREATE TABLE c ()\`], down: [sql\`DROP INDEX CONCURRENTLY IF EXISTS b_id\`, sql\`DROP TABLE c\`]`,
  '20260104000000_d': `up: [sql\`ALTER TABLE b ADD COLUMN d int DEFAULT 4\`, ${logged('d')}], down: [sql\`ALTER TABLE b DROP COLUMN d\`]`,
};

const ids = Object.keys(SOURCES);
const LOCK_TIMEOUT_MS = 20_000;

/** The history that is broken again and again; read once, since only databases are harmed. */
export interface Patient {
  readonly migrations: readonly Migration[];
  readonly root: string;
  end(): Promise<void>;
}

export async function patient(): Promise<Patient> {
  const history = await testHistory(SOURCES);
  return { migrations: await history.read(), root: history.project.root, end: () => history.end() };
}

type Direction = 'up' | 'down';

/** How many requests a run without a fault makes. */
export async function countRequests(work: Patient, direction: Direction): Promise<number> {
  const { url, drop } = await createDatabase();
  if (direction === 'down') await run(work, url, 'up');
  const proxy = await faultyProxy(url);
  await run(work, proxy.url, direction);
  await proxy.close();
  await drop();
  return proxy.requests;
}

/** Breaks a run at the fault, runs it again, and holds the result against a run that nothing had broken. */
export async function breakConnection(work: Patient, direction: Direction, fault: Fault): Promise<void> {
  const { url, drop } = await createDatabase();
  if (direction === 'down') await run(work, url, 'up');
  const proxy = await faultyProxy(url, fault);
  const error = await run(work, proxy.url, direction).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await proxy.close();
  await assertTruth(url, error, direction);
  await run(work, url, direction);
  await assertDone(url, direction);
  await drop();
}

/** Kills a process that applies migrations when it has come to a request, and lets another one finish. */
export async function killProcess(work: Patient, request: number): Promise<void> {
  const { url, drop } = await createDatabase();
  const killed = Promise.withResolvers<void>();
  const proxy = await faultyProxy(url, { request, moment: 'before', act: () => void child.kill('SIGKILL').then(killed.resolve) });
  const child = runChild(`
    const { applyMigrations } = await import(src + 'migration/apply.ts');
    const { openDatabase } = await import(src + 'database/live.ts');
    const database = await openDatabase(${JSON.stringify(proxy.url)});
    await applyMigrations(database, ${JSON.stringify(work.migrations)}, { root: ${JSON.stringify(work.root)}, lockTimeoutMs: ${LOCK_TIMEOUT_MS} });
    tell('done');
    process.exit();
  `);
  await Promise.race([killed.promise, child.next().catch(() => killed.promise)]);
  await proxy.close();
  await run(work, url, 'up');
  await assertDone(url, 'up');
  await drop();
}

async function run({ migrations, root }: Patient, url: string, direction: Direction): Promise<void> {
  const database = await openDatabase(url);
  const options = { root, lockTimeoutMs: LOCK_TIMEOUT_MS };
  try {
    if (direction === 'up') await applyMigrations(database, migrations, options);
    else await rollbackMigrations(database, [...migrations].reverse(), options);
  } finally {
    await database.close().catch(() => undefined);
  }
}

/** What the error says of the database must be so. */
async function assertTruth(url: string, error: unknown, direction: Direction): Promise<void> {
  const applied = await withDatabase(url, async (database) => (await readRevisions(database)).map(({ id }) => id));
  if (error === undefined) return assert.equal(applied, direction === 'up' ? ids : []);
  assert.instance(error, FastpyError);
  const hint = (error as FastpyError).hint ?? '';
  const untouched = /Nothing of (\w+) was (applied|rolled back)/.exec(hint);
  if (untouched) assert.is(applied.includes(untouched[1] ?? ''), direction === 'down', hint);
  for (const id of /([\w, ]+) before it (?:is|are)/.exec(hint)?.[1]?.match(/\d{14}_\w+/g) ?? [])
    assert.is(applied.includes(id), direction === 'up', hint);
}

async function assertDone(url: string, direction: Direction): Promise<void> {
  await withDatabase(url, async (database) => {
    const ask = (text: string) => database.session((session) => session.query<Record<string, unknown>>(text));
    assert.equal(
      (await readRevisions(database)).map(({ id }) => id),
      direction === 'up' ? ids : [],
    );
    assert.equal(await ask('select * from fastpyd.steps'), []);
    if (direction === 'up') assert.equal(await ask('select name, count(*) from log group by name order by name'), LOGGED);
    const tables = await ask(`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace order by 1`);
    assert.equal(
      tables.map(({ name }) => name),
      direction === 'up' ? ['b', 'b_id', 'c', 'log'] : [],
    );
    assert.equal(await ask('select 1 from pg_index where not indisvalid'), []);
  });
}

const LOGGED = ['a', 'b', 'c', 'd'].map((name) => ({ name, count: 1 }));

async function withDatabase<T>(url: string, work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
