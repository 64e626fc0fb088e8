import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { isManaged, roleStatement, withRolesApart } from '../../src/load/roleStatements.ts';
import { modelSet } from '../../src/model/modelSet.ts';

const read: Readonly<Record<string, string | undefined>> = {
  'CREATE ROLE app LOGIN': 'create app',
  'create user "App"': 'create App',
  'CREATE GROUP g': 'create g',
  'DO $$ BEGIN CREATE ROLE "a;b"; EXCEPTION WHEN duplicate_object THEN NULL; END $$': 'create a;b',
  'ALTER ROLE app WITH NOLOGIN': 'alter app',
  'ALTER USER app CONNECTION LIMIT 3': 'alter app',
  'DROP ROLE IF EXISTS a, b': 'drop a b',
  'GRANT a, b TO c, d WITH ADMIN OPTION': 'grant a b c d',
  'GRANT a TO c WITH INHERIT FALSE, SET TRUE GRANTED BY x': 'grant a c',
  'REVOKE ADMIN OPTION FOR a FROM c': 'grant a c',
  "COMMENT ON ROLE app IS 'x'": 'comment app',
  'GRANT SELECT ON posts TO app': undefined,
  'REVOKE ALL ON SCHEMA public FROM app': undefined,
  'ALTER ROLE app SET search_path TO app': undefined,
  'ALTER ROLE ALL RESET ALL': undefined,
  'CREATE USER MAPPING FOR app SERVER s': undefined,
  'CREATE TABLE role (id int)': undefined,
  'DO $$ BEGIN PERFORM 1; END $$': undefined,
};

for (const [sql, wanted] of Object.entries(read)) {
  test(`${sql}: ${wanted ?? 'not about roles'}`, () => {
    const found = roleStatement(sql);
    assert.is(found && [found.does, ...found.roles].join(' '), wanted);
  });
}

test('a pattern manages the roles that fit it, and a statement that names one of them', () => {
  assert.ok(isManaged(['other', 'app_writer'], ['app_*']));
  assert.not(isManaged(['my_app_writer'], ['app_*']));
  assert.ok(isManaged(['anything'], true));
  assert.not(isManaged(['anything'], false));
});

test('statements about managed roles are set apart, and the same models give the same set', () => {
  const models = modelSet([readSqlModel('CREATE ROLE app;\nCREATE TABLE a ();\nGRANT SELECT ON a TO app;', 'models/a.sql')]);
  const split = withRolesApart(models, true);
  assert.equal([split.statements.length, split.roles.map(({ sql }) => sql)], [2, ['CREATE ROLE app']]);
  assert.is(withRolesApart(models, true), split);
  assert.is(withRolesApart(models, ['other']), models);
  assert.is(withRolesApart(models, false), models);
});

test('a password is refused, and taking one away is not', () => {
  const model = (sql: string) => modelSet([readSqlModel(sql, 'models/a.sql')]);
  assert.throws(
    () => withRolesApart(model(`CREATE TABLE a ();\nALTER USER app ENCRYPTED PASSWORD 'x'`), true),
    /models\/a\.sql:2 .*password/,
  );
  assert.is(withRolesApart(model('CREATE ROLE app PASSWORD NULL'), true).roles.length, 1);
});

test.run();
