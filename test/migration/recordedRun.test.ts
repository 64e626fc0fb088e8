import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applyMigrations } from '../../src/migration/apply.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import { rollbackMigrations } from '../../src/migration/rollback.ts';
import { failureOf, migrationSource, type TestHistory, testHistory } from './history.ts';

const optionsFor = ({ project }: TestHistory) => ({ root: project.root, lockTimeoutMs: 5_000 });
const apply = async (history: TestHistory) => applyMigrations(history.database, await history.read(), optionsFor(history));

const INDEX = 'CREATE UNIQUE INDEX CONCURRENTLY rows_number ON rows (number)';
const DOUBLES = `parent: null, transaction: false, up: [
  sql\`CREATE TABLE rows (number int); INSERT INTO rows VALUES (1), (1)\`,
  sql\`${INDEX}\`,
  sql\`INSERT INTO rows VALUES (7)\`,
], down: [sql\`DROP INDEX CONCURRENTLY rows_number\`, sql\`DROP TABLE rows\`]`;

test('a migration outside a transaction goes on at the statement that failed, and leaves no invalid index', async () => {
  const history = await testHistory({ '20260101000000_doubles': DOUBLES });
  const error = await failureOf(apply(history));
  assert.match(error.message, 'step 2 of 20260101000000_doubles');
  assert.match(error.message, 'Key (number)=(1) is duplicated');
  assert.match(error.hint ?? '', 'the next run goes on from there');
  assert.is(await history.value('select count(*) from pg_index where not indisvalid'), 0);
  await history.database.session((session) => session.query('delete from rows where ctid = (select min(ctid) from rows)'));
  assert.is((await apply(history)).applied.length, 1);
  assert.is(await history.value('select string_agg(number::text, $$,$$ order by number) from rows'), '1,7');
  assert.is(await history.value(`select indisvalid from pg_index where indexrelid = 'rows_number'::regclass`), true);
  assert.is(await history.value('select count(*) from fastpyd.steps'), 0);
  await rollbackMigrations(history.database, await history.read(), optionsFor(history));
  assert.is(await history.value(`select to_regclass('rows')`), null);
  assert.equal(await readRevisions(history.database), []);
  await history.end();
});

test('an index that a dead run left invalid is built again', async () => {
  const history = await testHistory({ '20260101000000_doubles': DOUBLES });
  await failureOf(apply(history));
  // What a crash leaves: the record that the build was begun, and the index that nobody finished.
  await history.database.session(async (session) => {
    await session.query(INDEX).catch(() => []);
    await session.query('delete from rows where ctid = (select min(ctid) from rows)');
  });
  assert.is(await history.value('select count(*) from pg_index where not indisvalid'), 1);
  await apply(history);
  assert.is(await history.value(`select indisvalid from pg_index where indexrelid = 'rows_number'::regclass`), true);
  await history.end();
});

test('an index that a dead run had finished is taken as done', async () => {
  const history = await testHistory({ '20260101000000_doubles': DOUBLES });
  await failureOf(apply(history));
  await history.database.session(async (session) => {
    await session.query('delete from rows where ctid = (select min(ctid) from rows)');
    await session.query(INDEX);
  });
  assert.is((await apply(history)).applied.length, 1);
  await history.end();
});

test('an index that somebody else made is not taken for ours', async () => {
  const history = await testHistory({
    '20260101000000_a': `transaction: false, up: [sql\`CREATE INDEX CONCURRENTLY mine ON rows (number)\`]`,
  });
  await history.database.session(async (session) => {
    await session.query('CREATE TABLE rows (number int)');
    await session.query('CREATE INDEX mine ON rows (number)');
  });
  assert.match((await failureOf(apply(history))).message, 'already exists');
  await history.end();
});

test('a half applied migration that was edited is refused', async () => {
  const history = await testHistory({ '20260101000000_doubles': DOUBLES });
  await failureOf(apply(history));
  history.place.write('migrations/20260101000000_doubles.ts', migrationSource(DOUBLES.replace('(1), (1)', '(2)')));
  const error = await failureOf(apply(history));
  assert.is(error.code, 'HISTORY_CONFLICT');
  assert.match(error.message, 'INSERT INTO rows VALUES (1), (1)');
  await history.end();
});

test('settings of a migration hold again when it goes on', async () => {
  const history = await testHistory({
    '20260101000000_a': `transaction: false, up: [sql\`SET search_path = elsewhere\`, sql\`CREATE TABLE kept ()\`]`,
  });
  assert.match((await failureOf(apply(history))).message, 'no schema has been selected');
  await history.database.session((session) => session.query('CREATE SCHEMA elsewhere'));
  await apply(history);
  assert.is(await history.value(`select to_regclass('elsewhere.kept') is not null`), true);
  assert.is(await history.value('show search_path'), 'public');
  await history.end();
});

test('a statement that cannot be in a transaction is refused with the way out', async () => {
  const history = await testHistory({ '20260101000000_a': `up: [sql\`VACUUM\`]` });
  const error = await failureOf(apply(history));
  assert.match(error.message, 'VACUUM cannot run inside a transaction block');
  assert.match(error.hint ?? '', '`transaction: false`');
  await history.end();
});

test.run();
