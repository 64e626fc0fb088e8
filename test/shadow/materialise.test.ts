import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { FastpyError } from '../../src/errors.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { createDatabase } from '../support/servers.ts';

const modelsOf = (files: Readonly<Record<string, string>>) =>
  modelSet(Object.entries(files).map(([file, text]) => readSqlModel(text, file)));

/** Makes the models real in a database of their own, and answers a question about it. */
async function made(files: Readonly<Record<string, string>>, question = 'SELECT 1') {
  const { url, drop } = await createDatabase();
  const database = openScratch(url);
  try {
    const warnings = await materialise(database, modelsOf(files));
    const rows = await database.session((session) => session.query(question));
    return { warnings, rows };
  } finally {
    await database.close();
    await drop();
  }
}

async function failure(files: Readonly<Record<string, string>>): Promise<FastpyError> {
  const error = await made(files).then(
    () => undefined,
    (thrown) => thrown,
  );
  assert.instance(error, FastpyError);
  return error;
}

test('statements may come in any order, in any number of files', async () => {
  const { rows } = await made(
    {
      'a.sql': 'CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS SELECT id FROM orders; ALTER TABLE orders ADD COLUMN note app.note;',
      'b.sql': 'CREATE TABLE orders (id int, customer int REFERENCES customers (id)); CREATE DOMAIN app.note AS text;',
      'c.sql': 'CREATE TABLE customers (id int); ALTER TABLE customers ADD PRIMARY KEY (id); CREATE SCHEMA app;',
    },
    "SELECT attname FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 ORDER BY attnum",
  );
  assert.equal(rows, [{ attname: 'id' }, { attname: 'customer' }, { attname: 'note' }]);
});

test('a batch in which one statement cannot run with others gives the same as one by one', async () => {
  const { rows } = await made(
    {
      'a.sql': `CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id);
        CREATE TYPE status AS ENUM ('a'); ALTER TYPE status ADD VALUE 'b'; CREATE TABLE u (s status DEFAULT 'b');`,
    },
    "SELECT count(*)::int AS n FROM pg_class WHERE relname IN ('t', 'i', 'u')",
  );
  assert.equal(rows, [{ n: 3 }]);
});

test('settings hold only for the statements that they were written before', async () => {
  const { rows, warnings } = await made(
    {
      'a.sql': 'CREATE SCHEMA app; SET search_path = app; SET no_such_setting = 1; CREATE TABLE inside ();',
      'b.sql': 'CREATE TABLE outside ();',
    },
    "SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE relname IN ('inside', 'outside') ORDER BY relname",
  );
  assert.equal(rows, [{ schema: 'app' }, { schema: 'public' }]);
  assert.is(warnings.length, 1);
  assert.match(warnings[0] ?? '', 'a.sql: SET no_such_setting = 1 was ignored');
});

test('roles that are named and missing are made', async () => {
  const name = `editor_${process.pid}`;
  const { rows } = await made(
    {
      'a.sql': `CREATE TABLE t (id int); GRANT SELECT ON t TO "${name}"; ALTER TABLE t OWNER TO ${name}_owner;
        CREATE POLICY p ON t TO ${name}_policy; ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_giver GRANT SELECT ON TABLES TO PUBLIC;
        CREATE ROLE ${name};`,
    },
    `SELECT count(*)::int AS n FROM pg_roles WHERE rolname LIKE '${name}%' AND NOT rolcanlogin`,
  );
  assert.equal(rows, [{ n: 4 }]);
});

test('what every new database has may be created again', async () => {
  const { warnings } = await made({ 'a.sql': 'CREATE SCHEMA public; CREATE EXTENSION plpgsql; CREATE EXTENSION IF NOT EXISTS plpgsql;' });
  assert.equal(warnings, []);
});

test('SQL functions may call each other in a circle, and their bodies are checked all the same', async () => {
  const f = 'CREATE FUNCTION f(i int) RETURNS int LANGUAGE sql AS $$ SELECT CASE WHEN i > 0 THEN g(i - 1) ELSE 0 END $$;';
  const g = 'CREATE FUNCTION g(i int) RETURNS int LANGUAGE sql AS $$ SELECT f(i) $$;';
  const { rows } = await made({ 'a.sql': f + g }, 'SELECT g(3) AS g');
  assert.equal(rows, [{ g: 0 }]);
  const error = await failure({ 'a.sql': `${f + g}\nCREATE FUNCTION h() RETURNS int LANGUAGE sql AS $$ SELECT nothing() $$` });
  assert.match(error.message, /a\.sql:2 .*function nothing\(\) does not exist/);
});

test('a PL/pgSQL function may come before the table of its %TYPE, and a true syntax error in one is told all the same', async () => {
  const named = (type: string): string =>
    `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE n ${type}; BEGIN RETURN n; END $$;`;
  const { rows } = await made({ 'a.sql': named('t.id%TYPE'), 'b.sql': 'CREATE TABLE t (id int);' }, 'SELECT f() AS f');
  assert.equal(rows, [{ f: null }]);
  const error = await failure({ 'a.sql': `\n${named('t.id%TYPE OF')}`, 'b.sql': 'CREATE TABLE t (id int);' });
  assert.match(error.message, 'a.sql:2 was refused by PostgreSQL: syntax error at or near "OF"');
});

test('a DROP before its CREATE is not tried again behind it', async () => {
  const { rows, warnings } = await made({ 'a.sql': 'DROP TABLE t; CREATE TABLE t (id int);' }, "SELECT to_regclass('t')::text AS t");
  assert.equal(rows, [{ t: 't' }]);
  assert.match(warnings[0] ?? '', 'a.sql:1 drops nothing');
});

test('of several that cannot run, the one is reported for which the others wait', async () => {
  const error = await failure({
    'a.sql': 'CREATE VIEW v AS SELECT * FROM t;',
    'b.sql': '\nCREATE TABLE t (\n  id int,\n  😀 txet\n);',
  });
  assert.is(error.code, 'MODEL_REJECTED');
  assert.equal(error.location, { file: 'b.sql', line: 4, column: 6, statement: '  😀 txet' });
  assert.match(error.message, 'b.sql:4 was refused by PostgreSQL: type "txet" does not exist');
});

test('a syntax error is reported at once, at its line', async () => {
  const error = await failure({ 'a.sql': 'CREATE TABLE a ();\nCREATE TABLE b (\n  id int,,\n);' });
  assert.is(error.location?.line, 3);
});

test('an object that is made twice is reported with both places', async () => {
  const error = await failure({ 'a.sql': 'CREATE TABLE posts ();', 'b.sql': '\nCREATE TABLE public.posts ();' });
  assert.is(error.code, 'MODEL_DUPLICATE');
  assert.is(error.message, 'table "public.posts" is declared twice: a.sql:1 and b.sql:2');
});

test('a type may be called like the function that reads it', async () => {
  const { rows } = await made(
    {
      'a.sql': "CREATE FUNCTION w(cstring) RETURNS w STRICT IMMUTABLE LANGUAGE internal AS 'int8in';",
      'b.sql': `CREATE TYPE w; CREATE FUNCTION w_out(w) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int8out';
        CREATE TYPE w (INPUT = w, OUTPUT = w_out, INTERNALLENGTH = 8, PASSEDBYVALUE, ALIGNMENT = double);`,
    },
    "SELECT '7'::w::text AS w",
  );
  assert.equal(rows, [{ w: '7' }]);
});

test('overloads of a function are not taken for each other', async () => {
  const body = "RETURNS int LANGUAGE sql AS 'SELECT 1';";
  const error = await failure({
    'a.sql': `CREATE FUNCTION f(a int) ${body}\nCREATE FUNCTION f(a text) ${body}\nCREATE FUNCTION f(a text) ${body}`,
  });
  assert.match(error.message, 'a.sql:2 and a.sql:3');
});

test('a subscription is left out: in a scratch database it would copy from the publisher', async () => {
  const { rows, warnings } = await made(
    {
      'a.sql': `CREATE TABLE t (id int);\nCREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p;\nSECURITY LABEL ON TABLE t IS 'x';`,
    },
    'SELECT count(*)::int AS n FROM pg_subscription',
  );
  assert.equal(rows, [{ n: 0 }]);
  assert.equal(warnings, ['a.sql:2 is left out: a subscription is not modelled', 'a.sql:3 is left out: a security label is not modelled']);
});

test('an extension that the server lacks says what to do', async () => {
  const error = await failure({ 'a.sql': 'CREATE EXTENSION no_such_extension;' });
  assert.is(error.code, 'MODEL_REJECTED');
  assert.match(error.hint ?? '', 'shadow');
});

test.run();
