import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { type CliProject, cliProject } from '../e2e/cliProject.ts';
import type { Figures } from '../support/recordRuns.ts';
import { createDatabase } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { faultRow, type Random, type Run, scale } from './faultRow.ts';
import { startOwnServer } from './ownServer.ts';
import { startTraffic, type Traffic } from './traffic.ts';

/** All of them only in a campaign. */
const ROWS = scale >= 1 ? 10_000_000 : Math.round(1_000_000 * scale);
const BASELINE_MS = scale >= 1 ? 30_000 : 5_000;
const READERS = 4;
const WRITERS = 2;
/** The limit of one try to get a lock (src/migration/lockWait.ts), and some for the machine. */
const LONGEST_MS = 1.2 * 2_000;

const modelOf = (type: 'int' | 'bigint'): string => `CREATE TABLE big (id int PRIMARY KEY, amount ${type} NOT NULL, note text);`;

/** What an application has done to the table. */
interface Written {
  updates: number;
  inserts: number;
  readonly ids: Set<number>;
}

/** Any row of those that were there, and now and then a new one. */
function startApplication(
  url: string,
  random: Random,
): { readonly readers: Traffic; readonly writers: Traffic; readonly written: Written } {
  const any = (): number => 1 + Math.floor(random() * ROWS);
  const written: Written = { updates: 0, inserts: 0, ids: new Set() };
  const readers = startTraffic(url, READERS, ({ query }) => query('SELECT amount FROM big WHERE id = $1', [any()]));
  const writers = startTraffic(url, WRITERS, async ({ query }) => {
    if (random() < 0.1) return query('INSERT INTO big (id, amount) VALUES ($1, 1)', [ROWS + ++written.inserts]);
    const id = any();
    written.updates++;
    written.ids.add(id);
    return query('UPDATE big SET amount = amount + 1 WHERE id = $1', [id]);
  });
  return { readers, writers, written };
}

const REWRITES = { exit: 3, code: 'ANSWERS_NEEDED' };

/** The plain form is named with the size of the table and its lock, and another one is offered. */
async function assertWarned(project: CliProject): Promise<void> {
  const { stderr } = await project.refused(REWRITES, 'db:migrate', '-m', 'wide', '--no-safe');
  const [, about] = /REWRITES_TABLE public\.big\.amount \(\d+ (?:MB|kB), about (\d+) rows\)/.exec(stderr) ?? [];
  assert.ok(Math.abs(Number(about) - ROWS) < 0.02 * ROWS, stderr);
  assert.match(stderr, 'Instead: A new column, kept in step by a trigger, filled in batches and swapped in.');
  assert.match(
    (await project.succeed('db:make', 'wide', '--dry-run', '--no-safe')).stdout,
    /-- ACCESS EXCLUSIVE on public\.big.*; rewrites public\.big/,
  );
  const safe = await project.succeed('db:make', 'wide', '--dry-run');
  for (const part of ['ADD COLUMN "amount_new" bigint', 'CREATE TRIGGER', 'DO $backfill$', 'VALIDATE CONSTRAINT', 'RENAME COLUMN'])
    assert.match(safe.stdout, part);
  assert.not.match(safe.stdout, 'rewrites public.big');
}

/** From when to when the rows are filled in; undefined before. */
function watchBackfill(project: CliProject): { readonly times: () => readonly [number, number]; readonly stop: () => Promise<void> } {
  const seen: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const active = await project.query(`SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO $backfill$%'`);
      if (active.length > 0) seen.push(performance.now());
      await delay(20);
    }
  })();
  return {
    times: () => [seen[0] ?? Number.NaN, seen.at(-1) ?? Number.NaN],
    stop: async () => {
      isOver = true;
      await watching;
    },
  };
}

interface Totals {
  readonly rows: number;
  readonly sum: string;
  readonly type: string;
}

/** All rows have their value; each was filled in once, as far as the server counts (those that others wrote before need not be). */
async function assertWhole(project: CliProject, { updates, inserts, ids }: Written): Promise<void> {
  const [totals] = await project.query<Totals>(
    'SELECT count(*)::int AS rows, sum(amount)::text AS sum, min(pg_typeof(amount)::text) AS type FROM big',
  );
  const sum = (BigInt(ROWS) * BigInt(ROWS + 1)) / 2n + BigInt(updates + inserts);
  assert.equal({ ...totals }, { rows: ROWS + inserts, sum: String(sum), type: 'bigint' });
  const filled = async (): Promise<number> => {
    const [counted] = await project.query<{ updated: number }>(
      `SELECT n_tup_upd::int AS updated FROM pg_stat_user_tables WHERE relname = 'big'`,
    );
    return (counted?.updated ?? 0) - updates;
  };
  await waitUntil('the server has counted', async () => (await filled()) >= ROWS - ids.size);
  assert.ok((await filled()) <= ROWS + inserts, `${await filled()} of ${ROWS} rows were filled in`);
  await project.succeed('db:status', '--check');
}

async function rewrite(project: CliProject, { random, measured }: Run): Promise<void> {
  await project.reset({ 'big.sql': modelOf('int') });
  project.write('fastpyd.config.json', JSON.stringify({ protected: true }));
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO big SELECT i, i, 'x' FROM generate_series(1, ${ROWS}) i`);
  await project.query('VACUUM ANALYZE big');
  project.write('models/big.sql', modelOf('bigint'));
  await assertWarned(project);
  const { readers, writers, written } = startApplication(project.url, random);
  const begun = performance.now();
  await delay(BASELINE_MS);
  const baseline = [begun, performance.now()] as const;
  const backfill = watchBackfill(project);
  await project.succeed('db:migrate', '-m', 'wide', '--allow', 'TRIGGER_WAITS_FOR_WRITES');
  await Promise.all([backfill.stop(), readers.stop(), writers.stop()]);
  const figures = figuresOf({ readers, writers }, baseline, backfill.times());
  console.log(`R-32: ${JSON.stringify(figures)}`);
  measured(figures);
  assert.ok(readers.longest() <= LONGEST_MS, `a reader waited ${Math.round(readers.longest())} ms`);
  await assertWhole(project, written);
}

const rounded = (value: number): number => Math.round(100 * value) / 100;

function figuresOf(
  { readers, writers }: Record<'readers' | 'writers', Traffic>,
  baseline: readonly [number, number],
  backfill: readonly [number, number],
): Figures {
  return {
    rows: ROWS,
    backfillSeconds: rounded((backfill[1] - backfill[0]) / 1_000),
    readersBaselineP99Ms: rounded(readers.p99(...baseline)),
    readersBackfillP99Ms: rounded(readers.p99(...backfill)),
    readersLongestMs: rounded(readers.longest()),
    writersBaselineP99Ms: rounded(writers.p99(...baseline)),
    writersBackfillP99Ms: rounded(writers.p99(...backfill)),
    writersLongestMs: rounded(writers.longest()),
  };
}

faultRow('R-32', { base: 1 }, async (like: Cluster) => {
  const server = await startOwnServer(like);
  const project = await cliProject({ database: await createDatabase(server) });
  return {
    run: (run) => rewrite(project, run),
    end: async () => {
      await project.end();
      await server.stop();
    },
  };
});

test.run();
