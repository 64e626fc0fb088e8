import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch, type ScratchDatabase } from '../../src/database/scratch.ts';
import { FastpyError } from '../../src/errors.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { withDatabase } from '../migration/faults.ts';
import { createDatabase } from '../support/servers.ts';
import { faultRow, type Prepared } from './faultRow.ts';
import { startOwnServer } from './ownServer.ts';

/** Migrations are given as they are once read: `sql` steps need no file. */
function oneMigration(up: readonly string[], transaction = true): Migration {
  const source = up.join(';\n');
  const steps = up.map((sql) => ({ kind: 'sql', sql }) as const);
  return {
    id: '20260101000000_m',
    file: '/m.ts',
    parent: null,
    message: 'm',
    baseline: false,
    transaction,
    up: steps,
    down: null,
    checksum: source,
    source,
  };
}

interface Scene {
  readonly url: string;
  /** The application: everything that is not fastpyd. */
  readonly others: ScratchDatabase;
  /** Migrates and gives the error, if there is one. */
  readonly migrate: (
    up: readonly string[],
    options?: { readonly lockTimeoutMs?: number; readonly transaction?: boolean },
  ) => Promise<unknown>;
}

/** On a server of its own: those of the tests have few connections, and no prepared transactions. */
const onScene =
  (setUp: string, act: (scene: Scene) => Promise<void>) =>
  async (like: Cluster): Promise<Prepared> => {
    const server = await ownServerLike(like);
    return { run: () => withScene(server, setUp, act) };
  };

const own = new Map<number, Promise<Cluster>>();

/** One for all rows. */
function ownServerLike(server: Cluster): Promise<Cluster> {
  const known = own.get(server.major) ?? startOwnServer(server);
  own.set(server.major, known);
  return known;
}

async function withScene(server: Cluster, setUp: string, act: (scene: Scene) => Promise<void>): Promise<void> {
  const { url, drop } = await createDatabase(server);
  const others = openScratch(url);
  const migrate: Scene['migrate'] = (up, { lockTimeoutMs = 1_500, transaction = true } = {}) =>
    withDatabase(url, (database) => applyMigrations(database, [oneMigration(up, transaction)], { root: '/', lockTimeoutMs })).then(
      () => undefined,
      (error: unknown) => error,
    );
  try {
    await others.session((session) => session.script(setUp));
    await act({ url, others, migrate });
  } finally {
    await others.close();
    await drop();
  }
}

const TABLES =
  'CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 1000); CREATE TABLE u (id int); INSERT INTO u VALUES (1), (2)';

/** Holds what the statements take for as long as the work lasts. */
async function holding<T>(others: ScratchDatabase, statements: string, work: (pid: number) => Promise<T>): Promise<T> {
  return others.session(async (session) => {
    await session.script(`BEGIN; ${statements}`);
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    try {
      return await work(row?.pid ?? 0);
    } finally {
      await session.script('ROLLBACK').catch(() => undefined);
    }
  });
}

/** The limit of one try; see src/migration/lockWait.ts. */
const SLICE_MS = 2_000;
const READERS = 50;

/** Reads again and again until it is told to end; the longest time that one read took. */
async function longestRead(url: string, isOver: () => boolean): Promise<number> {
  const database = openScratch(url);
  let longest = 0;
  await database.session(async (session) => {
    while (!isOver()) {
      const begun = performance.now();
      await session.query('select count(*) from t');
      longest = Math.max(longest, performance.now() - begun);
      await delay(20);
    }
  });
  await database.close();
  return longest;
}

faultRow(
  'R-16',
  { base: 1 },
  onScene(TABLES, async ({ url, others, migrate }) => {
    let isOver = false;
    const error = await holding(others, 'SELECT count(*) FROM t', async () => {
      const readers = Array.from({ length: READERS }, () => longestRead(url, () => isOver));
      await delay(500);
      const failure = await migrate(['ALTER TABLE t ADD COLUMN more int'], { lockTimeoutMs: 6_000 });
      isOver = true;
      const longest = Math.max(...(await Promise.all(readers)));
      console.log(`R-16: the longest of ${READERS} readers waited ${Math.round(longest)} ms; a try waits ${SLICE_MS} ms`);
      assert.ok(longest > SLICE_MS / 2, 'readers did wait');
      assert.ok(longest <= 1.2 * SLICE_MS, `a reader waited ${Math.round(longest)} ms`);
      return failure;
    });
    assert.is((error as FastpyError).code, 'LOCK_TIMEOUT');
    assert.is(await migrate(['ALTER TABLE t ADD COLUMN more int']), undefined);
  }),
);

/** Exit 4, who is in the way, and nothing done. */
async function assertBlocked({ url }: Scene, error: unknown, who: RegExp): Promise<void> {
  assert.instance(error, FastpyError, String(error));
  const failure = error as FastpyError;
  assert.is(failure.exitCode, 4, failure.message);
  assert.match(failure.message, who);
  assert.equal(await withDatabase(url, readRevisions), []);
}

faultRow(
  'R-17',
  { base: 2 },
  onScene(TABLES, async (scene) => {
    const { others, migrate } = scene;
    await holding(others, 'LOCK TABLE t IN ACCESS SHARE MODE', async (pid) => {
      const who = new RegExp(`process ${pid} \\(fastpyd as \\w+, idle in transaction, its transaction is \\d+ s old\\): .*`);
      for (const transaction of [true, false]) {
        const begun = performance.now();
        await assertBlocked(scene, await migrate(['CREATE TABLE n ()', 'ALTER TABLE t ADD COLUMN more int'], { transaction }), who);
        assert.ok(performance.now() - begun < 15_000, 'it stops');
      }
    });
    const left = transactionalRest(await others.session((session) => session.query(`select to_regclass('n')::text as n from t limit 1`)));
    // The first statement of a migration without a transaction is there, and recorded as such.
    assert.is(left, 'n');
    assert.is(await migrate(['CREATE TABLE n ()', 'ALTER TABLE t ADD COLUMN more int'], { transaction: false }), undefined);
  }),
);

const transactionalRest = (rows: readonly unknown[]): unknown => (rows[0] as { readonly n: unknown } | undefined)?.n;

const INDEX = 'CREATE INDEX CONCURRENTLY t_id ON t (id)';

faultRow(
  'R-18',
  { base: 1 },
  onScene(TABLES, async (scene) => {
    const { others, migrate, url } = scene;
    await holding(others, 'SELECT 1 FROM t', async (pid) => {
      await assertBlocked(scene, await migrate(['DROP TABLE t']), new RegExp(`process ${pid} \\(.*idle in transaction`));
    });
    const snapshot = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM u';
    await holding(others, snapshot, async (pid) => {
      await assertBlocked(scene, await migrate([INDEX], { transaction: false }), new RegExp(`process ${pid} \\(.*idle in transaction`));
    });
    const [invalid] = await others.session((session) => session.query('select 1 from pg_index where not indisvalid'));
    assert.is(invalid, undefined, 'nothing INVALID is left');
    await withPrepared(url, async () => {
      await assertBlocked(scene, await migrate(['DROP TABLE u']), /prepared transaction 'forgotten' \(of \w+, \d+ s old\)/);
    });
    assert.is(await migrate([INDEX], { transaction: false }), undefined);
  }),
);

async function withPrepared(url: string, work: () => Promise<void>): Promise<void> {
  const database = openScratch(url);
  await database.session((session) => session.script(`BEGIN; LOCK TABLE u; PREPARE TRANSACTION 'forgotten'`));
  try {
    await work();
  } finally {
    await database.session((session) => session.query(`ROLLBACK PREPARED 'forgotten'`));
    await database.close();
  }
}

faultRow(
  'R-19',
  { base: 1 },
  onScene(TABLES, async ({ url, others, migrate }) => {
    const name = new URL(url.replace(/@[^/]*\//, '@x/')).pathname.slice(1);
    await others.session((session) =>
      session.script(`ALTER DATABASE ${name} SET statement_timeout = '200ms'; ALTER DATABASE ${name} SET lock_timeout = '1ms'`),
    );
    assert.is(await migrate(['SELECT pg_sleep(0.6)', `SET statement_timeout = '7s'`, 'ALTER TABLE t ADD COLUMN more int']), undefined);
    await withDatabase(url, async (database) => {
      const settings = await database.session((session) => session.query<{ statement_timeout: string }>('show statement_timeout'));
      assert.is(settings[0]?.statement_timeout, '0');
    });
  }),
);

faultRow(
  'R-20',
  { base: 3 },
  onScene(TABLES, async ({ others, migrate }) => {
    let isOver = false;
    // Whoever finds the deadlock is its victim: the application looks for one a little later, so that it is the migration.
    const traffic = others.session(async (session) => {
      await session.script(`SET deadlock_timeout = '10s'; BEGIN; UPDATE u SET id = id`);
      await delay(700);
      await session.script('UPDATE t SET id = id; COMMIT');
      isOver = true;
    });
    await delay(200);
    const steps = ['ALTER TABLE t ADD COLUMN more int', 'INSERT INTO t VALUES (5000)', 'ALTER TABLE u ADD COLUMN more int'];
    assert.is(await migrate(steps, { lockTimeoutMs: 20_000 }), undefined);
    await traffic;
    assert.ok(isOver, 'the application was served');
    const rows = await others.session((session) =>
      session.query<{ count: number }>('select count(*)::int as count from t where id = 5000'),
    );
    assert.is(rows[0]?.count, 1);
  }),
);

test.run();
