import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { endOf, finish, logged, migrateInChild, type Patient, patient, progressOf, stateOf, withVictim } from '../migration/faults.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgBouncer.ts';
import { faultRow, type Prepared } from './faultRow.ts';
import { historyOf, idOf } from './histories.ts';

/** Not in one go: a machine for tests has few cores. */
const PROCESSES = 20;

const PLAIN = {
  [idOf(0)]: `up: [sql\`CREATE TABLE log (name text)\`, ${logged('a')}], down: [sql\`DROP TABLE log\`]`,
  [idOf(1)]: `up: [sql\`CREATE TABLE t (id int)\`, sql\`SELECT pg_sleep(0.3)\`, ${logged('b')}], down: [sql\`DROP TABLE t\`]`,
};

const withPatient =
  (sources: Readonly<Record<string, string>>, run: (work: Patient) => Promise<void>) =>
  async (server: Cluster): Promise<Prepared> => {
    const work = await patient(sources, server);
    return { run: () => run(work), end: () => work.end() };
  };

/** Each migration is applied by one, and all others say that it is. */
async function migrateTogether(work: Patient, url: string): Promise<void> {
  const children = Array.from({ length: PROCESSES }, () => migrateInChild(work, url));
  const told = await Promise.all(children.map(endOf));
  for (const { failed, message } of told) assert.is(failed, undefined, message);
  const ids = work.migrations.map(({ id }) => id);
  assert.equal(told.flatMap(({ applied = [] }) => applied).sort(), ids, 'each once');
  for (const { applied = [], elsewhere = [] } of told) assert.equal([...elsewhere, ...applied].sort(), ids);
}

const together = (sources: Readonly<Record<string, string>>) =>
  withPatient(sources, (work) =>
    withVictim(work, 'up', async (url) => {
      await migrateTogether(work, url);
      assert.is(await stateOf(url), work.clean.up.state);
    }),
  );

faultRow('R-03', { base: 1 }, together(PLAIN));
faultRow('R-04', { base: 1 }, together(historyOf(4)));

/** All are refused before anything is set, changed or locked. */
faultRow('R-05', { base: 1 }, async (server) => {
  if (!hasPgBouncer()) return null;
  const work = await patient(PLAIN, server);
  const refusedBehind = (size: number) =>
    withVictim(work, 'up', async (url) => {
      const pooler = await startPgBouncer(url, { mode: 'transaction', size });
      const told = await Promise.all(Array.from({ length: 4 }, () => endOf(migrateInChild(work, pooler.url)).catch((error) => error)));
      pooler.stop();
      for (const one of told) assert.match(String(one.message), /pooler|POOLED/);
      await finish(work, url, 'up');
    });
  const run = async (): Promise<void> => {
    for (const size of [1, 2, 20]) await refusedBehind(size);
  };
  return { run, end: () => work.end() };
});

/** One that is at work for long, where there is a ledger: not in the shadow of a test. */
const SLOW = {
  [idOf(0)]: PLAIN[idOf(0)] ?? '',
  [idOf(1)]:
    `up: [sql\`CREATE TABLE t (id int)\`, sql\`SELECT pg_sleep(60) FROM log WHERE name = 'slow'\`, ${logged('b')}], down: [sql\`DROP TABLE t\`]`,
};

/** The first of two runs is in the middle of its long statement. */
async function startSlowly(work: Patient, url: string) {
  const slow = { ...work, migrations: work.migrations.map((one) => ({ ...one, up: one.up.map(slowed) })) };
  const child = migrateInChild(slow, url);
  await progressOf(child, /applying 20260101000001/);
  await delay(500);
  return child;
}

const slowed = (step: Patient['migrations'][number]['up'][number]) =>
  step.kind === 'sql' ? { ...step, sql: step.sql.replace(/FROM log WHERE.*/, '') } : step;

const GIVEN_MS = 5_000;

faultRow(
  'R-06',
  { base: 2 },
  withPatient(SLOW, (work) =>
    withVictim(work, 'up', async (url) => {
      const holder = await startSlowly(work, url);
      await holder.kill('SIGKILL');
      const killed = performance.now();
      await finish(work, url, 'up');
      const took = performance.now() - killed;
      assert.ok(took < GIVEN_MS, `it took ${Math.round(took)} ms until the next run was done`);
    }),
  ),
);

faultRow(
  'R-08',
  { base: 1 },
  withPatient(SLOW, (work) =>
    withVictim(work, 'up', async (url) => {
      const holder = await startSlowly(work, url);
      process.kill(holder.pid, 'SIGSTOP');
      const waiting = migrateInChild(work, url);
      assert.match(await progressOf(waiting, /waiting for the migration lock/), /held by process \d+ \(fastpyd as /);
      const told = await endOf(waiting);
      assert.is(told.failed, 'LOCK_TIMEOUT');
      assert.match(told.message ?? '', /held by process \d+ \(fastpyd as /);
      process.kill(holder.pid, 'SIGCONT');
      await holder.kill('SIGKILL');
      await finish(work, url, 'up');
    }),
  ),
);

test.run();
