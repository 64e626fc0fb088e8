import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScratchSession } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { type RawCatalog, readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import { rawDifferences } from '../../src/introspect/rawDifferences.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const shadow = await Shadow.open(await withServer(18), 'postgres');
test.after(() => shadow.close());

const SCHEMA = `
  CREATE TABLE users (id int PRIMARY KEY, name text DEFAULT 'x', mail text);
  CREATE TABLE posts (id int, author int CONSTRAINT writer REFERENCES users);
  CREATE TABLE drafts () INHERITS (posts);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TRIGGER touched BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE VIEW names AS SELECT name FROM users;
  CREATE MATERIALIZED VIEW kept AS SELECT name FROM users;
  COMMENT ON TRIGGER touched ON users IS 'first'`;

/** The catalog, and after some statements the catalog again; all of it is taken back. */
async function around<T>(statements: string, look: (session: ScratchSession) => Promise<T>): Promise<readonly [T, T]> {
  return shadow.scratch((database) =>
    database.session(async (session) => {
      await session.script(SCHEMA);
      const before = await look(session);
      await session.script(statements);
      return [before, await look(session)] as const;
    }),
  );
}

const columnsOf = (before: RawCatalog, after: RawCatalog): readonly string[] =>
  rawDifferences(before, after).map(({ catalog, object, columns }) => `${catalog} ${object}: ${columns.join(', ')}`);

const physical: Readonly<Record<string, string>> = {
  'rows, statistics over them and maintenance': `INSERT INTO users VALUES (1); ANALYZE users; REINDEX TABLE users`,
  'a column that came and went': `ALTER TABLE users ADD other int DEFAULT 5; ALTER TABLE users DROP other`,
  'columns in another order': `ALTER TABLE posts DROP id; ALTER TABLE posts ADD id int`,
  'a rewritten table': `ALTER TABLE posts ALTER id TYPE bigint; ALTER TABLE posts ALTER id TYPE int`,
  'a view that was made again': `DROP VIEW names; CREATE VIEW names AS SELECT name FROM users`,
  'a foreign key and its triggers made again': `ALTER TABLE posts DROP CONSTRAINT writer; ALTER TABLE posts ADD CONSTRAINT writer FOREIGN KEY (author) REFERENCES users`,
  'privileges that were given and taken back': `GRANT SELECT ON users TO PUBLIC; REVOKE SELECT ON users FROM PUBLIC`,
  'a child table that left its parent and joined it again': `ALTER TABLE drafts NO INHERIT posts; ALTER TABLE drafts INHERIT posts`,
  'an index that came and went': `CREATE INDEX i ON users (name); DROP INDEX i`,
};

for (const [what, statements] of Object.entries(physical)) {
  test(`the raw catalog says nothing of ${what}`, async () => {
    const [before, after] = await around(statements, readRawCatalog);
    assert.equal(columnsOf(before, after), []);
  });
}

const told: Readonly<Record<string, readonly [statements: string, differences: readonly string[]]>> = {
  'the triggers behind a foreign key switched off': [
    `ALTER TABLE posts DISABLE TRIGGER ALL`,
    [
      'pg_trigger public.posts writer on public.posts "RI_FKey_check_ins"(): tgenabled',
      'pg_trigger public.posts writer on public.posts "RI_FKey_check_upd"(): tgenabled',
    ],
  ],
  'the statistics of a column of a materialized view': [
    `ALTER MATERIALIZED VIEW kept ALTER COLUMN name SET STATISTICS 5`,
    ['pg_attribute public.kept name: attstattarget'],
  ],
  'an option of what is kept aside': [`ALTER TABLE users SET (toast.autovacuum_enabled = off)`, ['pg_class public.users: reltoastrelid']],
  'an enum label in another place': [
    `ALTER TYPE mood ADD VALUE 'so' BEFORE 'ok'`,
    ['pg_enum public.mood ok: enumsortorder', 'pg_enum public.mood so: '],
  ],
  'a comment on a trigger': [
    `COMMENT ON TRIGGER touched ON users IS 'second'`,
    ['pg_description trigger touched on public.users: description'],
  ],
  'a function that plans differently': [`ALTER FUNCTION touch() COST 7`, ['pg_proc public.touch(): procost']],
  'a NOT NULL that got a name': [
    `ALTER TABLE users RENAME CONSTRAINT users_id_not_null TO id_set`,
    ['pg_constraint public.users id_set n {id}: ', 'pg_constraint public.users n {id}: '],
  ],
  'a NOT NULL that rows need not meet': [
    `ALTER TABLE users ADD CONSTRAINT users_mail_not_null NOT NULL mail NOT VALID`,
    ['pg_attribute public.users mail: attnotnull', 'pg_constraint public.users n {mail}: '],
  ],
  'a new default': [`ALTER TABLE users ALTER name SET DEFAULT 'y'`, ['pg_attrdef for public.users.name: adbin']],
};

for (const [what, [statements, differences]] of Object.entries(told)) {
  test(`the raw catalog tells ${what}`, async () => {
    const [before, after] = await around(statements, readRawCatalog);
    assert.equal(columnsOf(before, after), differences);
  });
}

test('the raw catalog tells what no kind reads', async () => {
  const statement = `UPDATE pg_attribute SET attfdwoptions = '{a=b}' WHERE attrelid = 'kept'::regclass AND attname = 'name'`;
  const [kindsBefore, kindsAfter] = await around(statement, introspect);
  assert.equal(onlyIn(kindsBefore, kindsAfter), []);
  const [before, after] = await around(statement, readRawCatalog);
  assert.equal(columnsOf(before, after), ['pg_attribute public.kept name: attfdwoptions']);
});

test.run();
