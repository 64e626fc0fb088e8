import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { openScratch } from '../../src/database/scratch.ts';
import type { Database } from '../../src/database/session.ts';
import { SqlError } from '../../src/database/sqlError.ts';
import { FastpyError } from '../../src/errors.ts';
import { createDatabase } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';

const made = await createDatabase();
const failure = (promise: Promise<unknown>): Promise<any> =>
  promise.then(
    () => assert.unreachable('it succeeded'),
    (error) => error,
  );

/** Both drivers have to behave alike; what differs is tested below. */
function describe(name: string, open: (url: string) => Promise<Database>): void {
  const test = suite<{ database: Database }>(name);
  test.before.each(async (context) => {
    context.database = await open(made.url);
  });
  test.after.each(({ database }) => database.close());
  const first = (database: Database, text: string, values?: readonly unknown[]) =>
    database.session(async ({ query }) => (await query(text, values))[0] ?? {});

  test('values go in and come out as JavaScript has them, and as text where it has not', async ({ database }) => {
    const row = await first(
      database,
      `SELECT $1::int8 AS small, 9007199254740993::int8 AS big, '{"a":[1]}'::jsonb AS json, $2::text[] AS list,
      $3::text AS nothing, $4::bool AS truth, 1.50::numeric AS price, timestamptz '2026-01-02 03:04:05.123456+01' AS moment, date '2026-01-02' AS day,
      interval '1 day 2 hours' AS span, ARRAY[1, NULL]::int8[] AS numbers, ARRAY[date '2026-01-02'] AS days`,
      [5, ['a', 'b "c'], null, true],
    );
    assert.equal(
      { ...row },
      {
        small: 5,
        big: '9007199254740993',
        json: { a: [1] },
        list: ['a', 'b "c'],
        nothing: null,
        truth: true,
        price: '1.50',
        moment: '2026-01-02 02:04:05.123456+00',
        day: '2026-01-02',
        span: '1 day 02:00:00',
        numbers: [1, null],
        days: ['2026-01-02'],
      },
    );
  });

  test('text reaches PostgreSQL unchanged', async ({ database }) => {
    const text = `SELECT '$slonik_1 $slonik_slonik_ :x ? \\n' AS text, $q$ '; $q$ AS quoted -- end`;
    assert.equal({ ...(await first(database, text)) }, { text: '$slonik_1 $slonik_slonik_ :x ? \\n', quoted: ` '; ` });
  });

  test('an SQL error says state, position, detail and statement', async ({ database }) => {
    const error = await failure(first(database, 'SELECT * FROM nowhere'));
    assert.instance(error, SqlError);
    assert.equal([error.sqlState, error.position, error.statement], ['42P01', 15, 'SELECT * FROM nowhere']);
    assert.match(error.message, 'relation "nowhere" does not exist');
    const duplicate = await failure(
      database.transaction(async ({ query }) => {
        await query('CREATE TABLE once (id int PRIMARY KEY)');
        await query('INSERT INTO once VALUES (1), (1)');
      }),
    );
    assert.equal([duplicate.sqlState, duplicate.detail], ['23505', 'Key (id)=(1) already exists.']);
    assert.match(duplicate.message, 'duplicate key value violates unique constraint "once_pkey"');
    assert.is((await failure(first(database, 'selec'))).sqlState, '42601');
    assert.is((await failure(first(database, `SELECT 'x'::int`))).sqlState, '22P02');
  });

  test('a transaction keeps all or nothing', async ({ database }) => {
    await database.transaction(async ({ query }) => void (await query('CREATE TABLE kept ()')));
    const error = await failure(
      database.transaction(async ({ query }) => {
        await query('CREATE TABLE dropped ()');
        throw new Error('changed my mind');
      }),
    );
    assert.is(error.message, 'changed my mind');
    assert.equal(
      { ...(await first(database, `SELECT to_regclass('kept')::text AS kept, to_regclass('dropped') AS dropped`)) },
      { kept: 'kept', dropped: null },
    );
    await first(database, 'DROP TABLE kept');
  });

  test('a transaction that swallowed the error of a statement does not pass for committed', async ({ database }) => {
    const error = await failure(
      database.transaction(async ({ query }) => {
        await query('CREATE TABLE lost ()');
        await query('SELEC').catch(() => undefined);
      }),
    );
    assert.match(error.message, 'rolled the whole transaction back');
  });

  test('what one session sets is gone in the next', async ({ database }) => {
    await first(database, `SELECT set_config('search_path', 'nowhere', false), set_config('TimeZone', 'Asia/Tokyo', false)`);
    await waitUntil('the connection is back', async () => {
      const row = await first(database, `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone`);
      return /^(?:"\$user", )?public$/.test(String(row.path)) && row.zone === 'UTC';
    });
  });

  test("a database's own settings do not change what SQL means", async ({ database }) => {
    await first(database, `ALTER DATABASE ${made.name} SET DateStyle = 'SQL, DMY'`);
    await first(database, `ALTER DATABASE ${made.name} SET statement_timeout = '7s'`);
    const other = await open(made.url);
    assert.equal(
      { ...(await first(other, `SELECT date '2026-01-02' AS day, current_setting('statement_timeout') AS "limit"`)) },
      { day: '2026-01-02', limit: '0' },
    );
    await other.close();
    await first(database, `ALTER DATABASE ${made.name} RESET ALL`);
  });

  test('a connection that is cut is DATABASE_UNREACHABLE, and the next session works', async ({ database }) => {
    const error = await failure(first(database, 'SELECT pg_terminate_backend(pg_backend_pid())'));
    assert.is(error.code, 'DATABASE_UNREACHABLE');
    assert.match(error.message, 'terminating connection');
    assert.equal({ ...(await first(database, 'SELECT 1 AS one')) }, { one: 1 });
  });

  test('a connection that is cut between two statements ends the work, not the process', async ({ database }) => {
    const error = await failure(
      database.session(async ({ query }) => {
        const [{ pid } = { pid: 0 }] = await query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const killer = openScratch(made.url);
        await killer.session((other) => other.query('SELECT pg_terminate_backend($1, 5000)', [pid]));
        await killer.close();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await query('SELECT 1');
      }),
    );
    assert.is(error.code, 'DATABASE_UNREACHABLE');
  });

  test('what cannot be reached says where and why, and never the password', async () => {
    const { hostname, port } = new URL(made.url);
    const attempts: [string, RegExp][] = [
      ['postgresql://ada:secret@127.0.0.1:1/db', /ECONNREFUSED/],
      ['postgresql://ada:secret@nowhere.invalid/db', /nowhere\.invalid/],
      [`postgresql://postgres:secret@${hostname}:${port}/missing`, /database "missing" does not exist/],
      [`postgresql://nobody_here:secret@${hostname}:${port}/postgres`, /role "nobody_here" does not exist/],
      ['postgresql://ada:sec/ret@localhost/db', /not a URL of the form/],
      ['postgresql://ada:secret@localhost:99999/db', /99999/],
      ['host=/nowhere dbname=db password=secret', /ENOENT/],
      ['postgresql://ada:secret@localhost/db?sslmode=maybe', /sslmode "maybe"/],
    ];
    for (const [url, reason] of attempts) {
      const error = await failure(open(url).then((database) => database.session(({ query }) => query('SELECT 1'))));
      assert.instance(error, FastpyError);
      assert.is(error.code, 'DATABASE_UNREACHABLE');
      assert.match(error.message, reason);
      assert.not.match(error.message, /sec\/?ret/);
    }
  });

  test('sessions beside each other have connections of their own', async ({ database }) => {
    const pid = () =>
      database.session(async ({ query }) => {
        await query('SELECT pg_sleep(0.05)');
        return (await query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;
      });
    const [one, other] = await Promise.all([pid(), pid()]);
    assert.is.not(one, other);
  });

  test.run();
}

describe('live', (url) => openDatabase(url));
describe('scratch', async (url) => openScratch(url));

const live = suite('live only');

live('limits are those that were asked for', async () => {
  const database = await openDatabase(made.url, { statementTimeout: 100, lockTimeout: 1234 });
  const error = await failure(database.session(({ query }) => query('SELECT pg_sleep(10)')));
  assert.is(error.sqlState, '57014');
  const rows = await database.session(({ query }) => query('SHOW lock_timeout'));
  assert.equal({ ...rows[0] }, { lock_timeout: '1234ms' });
  await database.close();
});

live('a serialization failure is not tried again behind the back of the caller', async () => {
  const database = await openDatabase(made.url);
  let runs = 0;
  const error = await failure(
    database.transaction(async ({ query }) => {
      runs++;
      await query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
    }),
  );
  assert.equal([error.sqlState, runs], ['40001', 1]);
  await database.close();
});

live('another database can be used inside a transaction', async () => {
  const [one, other] = await Promise.all([openDatabase(made.url), openDatabase(made.url)]);
  const rows = await one.transaction(() => other.session(({ query }) => query('SELECT 1 AS one')));
  assert.equal({ ...rows[0] }, { one: 1 });
  await Promise.all([one.close(), other.close()]);
});

live('statements that cannot run in a transaction can run in a session', async () => {
  const database = await openDatabase(made.url);
  await database.session(async ({ query }) => {
    await query('CREATE TABLE big (id int)');
    await query('CREATE INDEX CONCURRENTLY big_id ON big (id)');
    await query('DROP TABLE big');
  });
  await database.close();
});

live.run();

const scratch = suite('scratch only');

scratch('a script of many statements runs in one message and names its error', async () => {
  const database = openScratch(made.url);
  await database.session(async ({ script, query }) => {
    await script('BEGIN; CREATE TABLE one (id int); INSERT INTO one VALUES (1), (2)');
    assert.equal({ ...(await query('SELECT count(*) AS rows FROM one'))[0] }, { rows: 2 });
    await script('ROLLBACK');
  });
  const error = await failure(database.session(({ script }) => script('CREATE TABLE two (); SELECT nothing')));
  assert.equal([error.sqlState, error.position], ['42703', 29]);
  await database.close();
});

scratch('a transaction that was left open is not kept', async () => {
  const database = openScratch(made.url);
  await database.session(({ script }) => script('BEGIN; CREATE TABLE left_over ()'));
  const rows = await database.session(({ query }) => query(`SELECT to_regclass('left_over') AS found`));
  assert.equal({ ...rows[0] }, { found: null });
  await database.close();
});

scratch('no session waits for a lock for ever, whatever the one before it has set', async () => {
  const database = openScratch(made.url);
  await database.session(({ query }) => query('SET lock_timeout = 0'));
  assert.equal(await database.session(({ query }) => query('SHOW lock_timeout')), [{ lock_timeout: '30s' }]);
  await database.close();
});

scratch('sessions after each other share a connection', async () => {
  const database = openScratch(made.url);
  const pid = () => database.session(async ({ query }) => (await query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid);
  assert.is(await pid(), await pid());
  await database.close();
});

scratch('a database is busy while a work runs, and can be disconnected when none does', async () => {
  const database = openScratch(made.url);
  const connections = async (): Promise<number> => {
    const others = 'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    const watcher = openScratch(made.url);
    return watcher.session(async ({ query }) => (await query<{ n: number }>(others))[0]?.n ?? -1).finally(() => watcher.close());
  };
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const work = database.session(() => mayEnd);
  assert.ok(database.isBusy);
  assert.not(await database.disconnect(1));
  end();
  await work;
  assert.not(database.isBusy);
  assert.is(await connections(), 1);
  assert.ok(await database.disconnect(1_000));
  assert.is(await connections(), 0);
  assert.equal(await database.session(({ query }) => query('SELECT 1 AS one')), [{ one: 1 }]);
  await database.close();
});

scratch.run();
