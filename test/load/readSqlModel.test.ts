import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSqlModel } from '../../src/load/readSqlModel.ts';

const read = (text: string) => readSqlModel(text, 'models/a.sql');

test('SET holds from its place on, and RESET takes it back', () => {
  const model = read(`CREATE TABLE a (); SET search_path = app; SELECT pg_catalog.set_config('row_security', 'off', false);
    CREATE TABLE b (); RESET search_path; CREATE TABLE c (); SET ROLE editor; CREATE TABLE d (); RESET ALL; CREATE TABLE e ()`);
  assert.equal(
    model.statements.map((statement) => statement.settings),
    [
      [],
      ['SET search_path = app', "SELECT pg_catalog.set_config('row_security', 'off', false)"],
      ["SELECT pg_catalog.set_config('row_security', 'off', false)"],
      ["SELECT pg_catalog.set_config('row_security', 'off', false)", 'SET ROLE editor'],
      [],
    ],
  );
});

test('SET LOCAL ends with its transaction, and transaction control is dropped', () => {
  const model = read('BEGIN; SET LOCAL search_path TO app; CREATE TABLE a (); COMMIT; CREATE TABLE b ();');
  assert.equal(
    model.statements.map(({ sql, settings }) => [sql, settings]),
    [
      ['CREATE TABLE a ()', ['SET search_path TO app']],
      ['CREATE TABLE b ()', []],
    ],
  );
});

test('rows are skipped with one warning a file that names the first', () => {
  const model = read("CREATE TABLE a (i int);\nINSERT INTO a VALUES (1);\nSELECT setval('s', 3);\nCOPY a FROM stdin;\n1\n\\.\n");
  assert.is(model.statements.length, 1);
  assert.equal(model.warnings, ['models/a.sql:2 INSERT and 2 more like it skipped: a model describes the schema, not rows']);
});

test('DO and CREATE ROLE stay, a whole database is refused with its line', () => {
  assert.is(read('DO $$ BEGIN END $$; CREATE ROLE editor;').statements.length, 2);
  assert.throws(() => read('CREATE TABLE a ();\nCREATE DATABASE shop;'), /models\/a\.sql:2 .*CREATE DATABASE/);
});

test('renames are read before a statement, before a column, behind a column and for other objects', () => {
  const { renames } = read(`-- @renamed from=articles
CREATE TABLE posts (
  id bigint,
  -- @renamed from="Old Title"
  headline text, -- the new title
  body text -- @renamed from=content
);
SET search_path = app, public;
-- @renamed from=state
CREATE TYPE status AS ENUM ('a', 'b');
-- @renamed from=other.old_index
CREATE INDEX new_index ON web.posts (id);
-- @renamed from=email
ALTER TABLE ONLY app.users ADD COLUMN mail text;`);
  assert.equal(
    renames.map(({ to, from, line }) => [to, from, line]),
    [
      ['public.posts', 'articles', 1],
      ['public.posts.headline', 'Old Title', 4],
      ['public.posts.body', 'content', 6],
      ['app.status', 'state', 9],
      ['web.new_index', 'other.old_index', 11],
      ['app.users.mail', 'email', 13],
    ],
  );
});

test('a byte order mark and an unfinished last statement are fine', () => {
  assert.equal(
    read('\uFEFFCREATE TABLE a ()').statements.map(({ sql }) => sql),
    ['CREATE TABLE a ()'],
  );
});

test('a mark of a rename that stands at nothing, or is written otherwise, is a warning with its line', () => {
  const { renames, warnings } = readSqlModel(
    `-- @renamed from=pets\nCREATE TABLE animals (\n  name text, -- @rename from=title\n  /* @renamed from=years */\n  age int\n); -- @renamed from=beasts\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS '-- @renamed from=x\nSELECT 1';\n`,
    'models/a.sql',
  );
  assert.equal(
    renames.map(({ line, to, from }) => `${line} ${from} ${to}`),
    ['1 pets public.animals', '4 years public.animals.age'],
  );
  assert.equal(
    warnings.map((warning) => warning.replace(' says nothing here', '|').split('|')[0]),
    ['models/a.sql:3 "@rename from=title"', 'models/a.sql:6 "@renamed from=beasts"'],
  );
});

test.run();
