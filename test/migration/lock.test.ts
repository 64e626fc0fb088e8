import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { withMigrationLock } from '../../src/migration/lock.ts';
import { runChild } from '../support/child.ts';
import { failureOf, type TestHistory, testHistory } from './history.ts';

/** A process of its own that applies all migrations and tells what it did. */
const applier = ({ project, url }: TestHistory) =>
  runChild(`
    const { applyMigrations } = await import(src + 'migration/apply.ts');
    const { MigrationFolder } = await import(src + 'migration/migrationFolder.ts');
    const { loadProject } = await import(src + 'config/loadProject.ts');
    const { openDatabase } = await import(src + 'database/live.ts');
    const project = await loadProject(${JSON.stringify(project.root)});
    const migrations = await new MigrationFolder(project).read();
    const database = await openDatabase(${JSON.stringify(url)});
    const waits = [];
    const onProgress = ({ message }) => { if (message.startsWith('waiting')) { waits.push(message); tell('waiting'); } else if (message.includes('slow')) tell('slow'); };
    const { applied, appliedElsewhere } = await applyMigrations(database, migrations, { root: project.root, lockTimeoutMs: 20_000, onProgress });
    tell({ applied: applied.map(({ id }) => id), elsewhere: appliedElsewhere.map(({ id }) => id), waits });
    await database.close();
  `);

interface Told {
  readonly applied: readonly string[];
  readonly elsewhere: readonly string[];
  readonly waits: readonly string[];
}

async function outcome(child: ReturnType<typeof runChild>): Promise<Told> {
  for (;;) {
    const told = await child.next<Told | string>();
    if (typeof told === 'object') return told;
  }
}

const HISTORY = {
  '20260101000000_first': 'up: [sql`CREATE TABLE first ()`]',
  '20260102000000_slow': 'up: [sql`CREATE TABLE slow ()`, sql`SELECT pg_sleep(1.5)`]',
  '20260103000000_index': 'transaction: false, up: [sql`CREATE TABLE late (id int)`, sql`CREATE INDEX CONCURRENTLY late_id ON late (id)`]',
};

test('of several processes one applies, the others wait, name it and report what it did', async () => {
  const history = await testHistory(HISTORY);
  const told = await Promise.all([applier(history), applier(history), applier(history)].map(outcome));
  const [first, ...others] = told.sort((one, other) => other.applied.length - one.applied.length);
  const all = Object.keys(HISTORY);
  assert.equal(first?.applied, all);
  for (const other of others) {
    assert.equal([other.applied, other.elsewhere], [[], all]);
    assert.match(other.waits[0] ?? '', /held by process \d+ \(fastpyd as /);
  }
  assert.is(await history.value('select count(*) from pg_index where not indisvalid'), 0);
  await history.end();
});

test('the lock of a killed process is free at once, and what it had begun is not there', async () => {
  const history = await testHistory(HISTORY);
  const child = applier(history);
  assert.is(await child.next(), 'slow');
  await child.kill('SIGKILL');
  const started = performance.now();
  const { applied } = await outcome(applier(history));
  assert.ok(performance.now() - started < 9_000);
  assert.equal(applied, Object.keys(HISTORY).slice(1));
  await history.end();
});

test('who waits too long is told who holds the lock; nothing is changed', async () => {
  const history = await testHistory(HISTORY);
  const holder = await openDatabase(history.url);
  const migrations = await history.read();
  const error = await withMigrationLock(holder, { timeoutMs: 1_000 }, () =>
    failureOf(applyMigrations(history.database, migrations, { root: history.project.root, lockTimeoutMs: 300 })),
  );
  assert.is(error.code, 'LOCK_TIMEOUT');
  assert.is(error.exitCode, 4);
  assert.match(error.message, /held by process \d+ \(fastpyd as \w+.*for \d+ s\)/);
  assert.is(await history.value(`select to_regnamespace('fastpyd')`), null);
  await holder.close();
  await history.end();
});

test('waiting for the lock can be interrupted', async () => {
  const history = await testHistory(HISTORY);
  const holder = await openDatabase(history.url);
  const migrations = await history.read();
  const { signal } = new AbortController();
  const interruption = new AbortController();
  const error = await withMigrationLock(holder, { timeoutMs: 1_000, signal }, async () => {
    const waiting = failureOf(
      applyMigrations(history.database, migrations, { root: history.project.root, lockTimeoutMs: 0, signal: interruption.signal }),
    );
    await delay(300);
    interruption.abort();
    return waiting;
  });
  assert.is(error.code, 'CANCELLED');
  await holder.close();
  await history.end();
});

test.run();
