import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { replay } from '../../src/migration/replay.ts';
import { createDatabase } from '../support/servers.ts';
import { failureOf, testHistory } from './history.ts';

test('a history is replayed with its data steps, and leaves no ledger', async () => {
  const history = await testHistory({
    '20260101000000_a': "up: [sql`CREATE TABLE a (id int); INSERT INTO a VALUES (1) -- behind`, sql`SET search_path = ''`]",
    '20260102000000_b': 'up: [sql`CREATE TABLE b ()`, async ({ query, sql }) => { await query(sql`UPDATE a SET id = id + 1`); }]',
    '20260103000000_c': 'transaction: false, up: [sql`CREATE INDEX CONCURRENTLY a_id ON a (id)`]',
    '20260104000000_d': `up: [sql\`CREATE FUNCTION late() RETURNS int LANGUAGE sql AS 'SELECT id FROM later'\`, sql\`CREATE TABLE later (id int)\`]`,
  });
  const { url, drop } = await createDatabase();
  const scratch = openScratch(url);
  await replay(scratch, await history.read(), { root: history.project.root });
  const rows = await scratch.session((session) =>
    session.query(
      `select (select id from a) as id, to_regclass('a_id')::text as index, to_regnamespace('fastpyd') as ledger, late() as late`,
    ),
  );
  assert.equal(rows, [{ id: 2, index: 'a_id', ledger: null, late: null }]);
  await scratch.close();
  await drop();
  await history.end();
});

test('a role that another replay made, or the live server has, does not stop a history', async () => {
  const role = `replayed_${process.pid}`;
  const history = await testHistory({
    '20260101000000_a': `up: [sql\`CREATE TABLE a (); -- who reads\nCREATE ROLE ${role}; GRANT SELECT ON a TO ${role}\`]`,
    '20260102000000_b': `transaction: false, up: [sql\`CREATE USER ${role}; CREATE TABLE b ()\`]`,
  });
  for (const round of ['first', 'second']) {
    const { url, drop } = await createDatabase();
    const scratch = openScratch(url);
    await replay(scratch, await history.read(), { root: history.project.root });
    const [found] = await scratch.session(({ query }) =>
      query('SELECT has_table_privilege($1, $2, $3) AS granted, to_regclass($4)::text AS b', [role, 'a', 'SELECT', 'b']),
    );
    assert.equal(found, { granted: true, b: 'b' }, round);
    await scratch.close();
    await drop();
  }
  await history.end();
});

test('a role that another database names stays when a history drops it, and one that this database names is refused as anywhere', async () => {
  const role = `dropped_${process.pid}`;
  const make = `up: [sql\`CREATE ROLE ${role}; CREATE TABLE a (); GRANT SELECT ON a TO ${role}\`]`;
  const history = await testHistory({
    '20260101000000_a': make,
    '20260102000000_b': `up: [sql\`REVOKE SELECT ON a FROM ${role}\`, sql\`DROP ROLE ${role}\`, sql\`CREATE TABLE b ()\`]`,
  });
  const broken = await testHistory({ '20260101000000_a': make, '20260102000000_b': `up: [sql\`DROP ROLE ${role}\`]` });
  const databases = [await createDatabase(), await createDatabase(), await createDatabase()] as const;
  const [kept, whole, refused] = databases.map(({ url }) => openScratch(url));
  assert.ok(kept && whole && refused);
  await replay(kept, (await history.read()).slice(0, 1), { root: history.project.root });
  await replay(whole, await history.read(), { root: history.project.root });
  assert.equal(await whole.session(({ query }) => query(`SELECT to_regclass('b')::text AS b`)), [{ b: 'b' }]);
  const error = await failureOf(replay(refused, await broken.read(), { root: broken.project.root }));
  assert.match(error.message, 'privileges for table a');
  for (const scratch of [kept, whole, refused]) await scratch.close();
  for (const { drop } of databases) await drop();
  await history.end();
  await broken.end();
});

test('a history that cannot be replayed names the migration, the step and the place', async () => {
  const history = await testHistory({
    '20260101000000_a': 'up: [sql`CREATE TABLE a (id int)`]',
    '20260102000000_b': 'up: [sql`CREATE TABLE b ()`, sql`ALTER TABLE a ADD COLUMN id int`]',
  });
  const { url, drop } = await createDatabase();
  const scratch = openScratch(url);
  const error = await failureOf(replay(scratch, await history.read(), { root: history.project.root }));
  assert.is(error.code, 'STATEMENT_FAILED');
  assert.match(error.message, 'step 2 of 20260102000000_b failed: column "id" of relation "a" already exists');
  assert.is(error.location?.file, 'migrations/20260102000000_b.ts');
  await scratch.close();
  await drop();
  await history.end();
});

test.run();
