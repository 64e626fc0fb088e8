import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { endOf, finish, logged, migrateInChild, type Patient, patient, withVictim } from '../migration/faults.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { ask } from './ask.ts';
import { faultRow, type Random } from './faultRow.ts';
import { idOf } from './histories.ts';

const BUILD = {
  [idOf(0)]:
    `up: [sql\`CREATE TABLE log (name text); CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)\`], down: [sql\`DROP TABLE t, log\`]`,
  [idOf(1)]:
    `transaction: false, up: [${logged('a')}, sql\`CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id ON t (id)\`, ${logged('b')}],
    down: [sql\`DROP INDEX CONCURRENTLY t_id\`]`,
};

const INVALID = 'select indexrelid::regclass::text as name from pg_index where not indisvalid';

/** The first migration runs alone, then the rows are spoiled, then the index fails. */
async function overDuplicates(work: Patient): Promise<void> {
  const [first, ...rest] = work.migrations;
  if (first === undefined) throw new Error('there is a first migration');
  await withVictim(work, 'up', async (url) => {
    await endOf(migrateInChild({ ...work, migrations: [first] }, url));
    await ask(url, 'insert into t values (7)');
    const told = await endOf(migrateInChild({ ...work, migrations: [first, ...rest] }, url));
    assert.is(told.failed, 'STATEMENT_FAILED');
    assert.match(told.message ?? '', /Key \(id\)=\(7\) is duplicated/);
    assert.equal(await ask(url, INVALID), []);
    await ask(url, 'delete from t where ctid = (select max(ctid) from t where id = 7)');
    await finish(work, url, 'up');
  });
}

faultRow('R-13', { base: 2 }, async (server) => {
  const work = await patient(BUILD, server);
  return { run: () => overDuplicates(work), end: () => work.end() };
});

/** Somebody's old snapshot keeps the build waiting for as long as the fault takes. */
async function brokenOff(work: Patient, random: Random): Promise<void> {
  const [first] = work.migrations;
  if (first === undefined) throw new Error('there is a first migration');
  await withVictim(work, 'up', async (url) => {
    await endOf(migrateInChild({ ...work, migrations: [first] }, url));
    const others = openScratch(url);
    await others.session(async (session) => {
      await session.script('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM log');
      const child = migrateInChild(work, url);
      const building = `from pg_stat_progress_create_index where phase like 'waiting%'`;
      await waitUntil('the index is built', async () => (await ask(url, `select 1 ${building}`)).length > 0, 20_000);
      const ways = ['pg_cancel_backend', 'pg_terminate_backend', 'kill'] as const;
      const way = ways[Math.floor(random() * ways.length)] ?? 'kill';
      if (way === 'kill') await child.kill('SIGKILL');
      else await ask(url, `select ${way}(pid) ${building}`);
      await delay(200);
      await session.script('ROLLBACK');
      if (way !== 'kill') assert.ok((await endOf(child)).failed !== undefined, 'it says so');
    });
    await others.close();
    await finish(work, url, 'up');
    assert.equal(await ask(url, INVALID), []);
  });
}

faultRow('R-14', { base: 3 }, async (server) => {
  const work = await patient(BUILD, server);
  return { run: ({ random }) => brokenOff(work, random), end: () => work.end() };
});

test.run();
