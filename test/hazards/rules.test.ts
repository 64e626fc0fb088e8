/** Each rule beside what it finds and what it lets be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findHazards } from '../../src/hazards/findHazards.ts';
import { hazardsPage } from '../../src/hazards/page.ts';
import { RULES } from '../../src/hazards/rules/index.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

interface Examples {
  /** Migrations, each beside the objects that are named. */
  readonly finds: Readonly<Record<string, readonly string[]>>;
  readonly lets: readonly string[];
}

const NEW_TABLE = 'CREATE TABLE posts (id int);';

const EXAMPLES: Readonly<Record<string, Examples>> = {
  INDEX_BLOCKS_WRITES: {
    finds: {
      'CREATE INDEX ON posts (id)': ['posts'],
      'create unique index if not exists "By id" on only app.posts (lower(title))': ['app.posts'],
      'CREATE INDEX i ON "Odd ""name""" USING gin (x)': ['Odd "name"'],
    },
    lets: [
      'CREATE INDEX CONCURRENTLY i ON posts (id)',
      `${NEW_TABLE} CREATE INDEX ON public.posts (id)`,
      'CREATE INDEX ON ONLY logs (at)',
      "SELECT 'CREATE INDEX ON posts (id)'",
    ],
  },
  INDEX_DROP_BLOCKS_QUERIES: { finds: { 'DROP INDEX IF EXISTS app.i': ['app.i'] }, lets: ['DROP INDEX CONCURRENTLY i', 'DROP TABLE i'] },
  REINDEX_BLOCKS_WRITES: {
    finds: { 'REINDEX TABLE posts': ['posts'], 'REINDEX (VERBOSE) INDEX app.i': ['app.i'] },
    lets: ['REINDEX TABLE CONCURRENTLY posts', 'REINDEX (CONCURRENTLY) INDEX i'],
  },
  CONCURRENTLY_IN_TRANSACTION: {
    finds: { 'CREATE INDEX CONCURRENTLY i ON posts (id)': ['CREATE INDEX CONCURRENTLY'] },
    lets: ['CREATE INDEX i ON posts (id)'],
  },
  INVALID_INDEX_KEPT: {
    finds: { 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON posts (id)': ['i'] },
    lets: ['CREATE INDEX CONCURRENTLY i ON posts (id)'],
  },
  QUERIES_WITHOUT_INDEX: {
    finds: { 'DROP INDEX i; CREATE INDEX j ON posts (id, title)': ['i'] },
    lets: [
      'CREATE INDEX j ON posts (id); DROP INDEX i',
      'DROP INDEX i',
      'ALTER INDEX i RENAME TO i_old; CREATE INDEX i ON posts (id); DROP INDEX public.i_old; CREATE INDEX j ON posts (id)',
    ],
  },
  UNIQUE_BLOCKS_QUERIES: {
    finds: {
      'ALTER TABLE posts ADD CONSTRAINT u UNIQUE (id, title)': ['posts'],
      'ALTER TABLE posts ADD UNIQUE (id)': ['posts'],
      'ALTER TABLE posts ADD COLUMN slug text UNIQUE': ['posts.slug'],
    },
    lets: ['ALTER TABLE posts ADD CONSTRAINT u UNIQUE USING INDEX i', `${NEW_TABLE} ALTER TABLE posts ADD UNIQUE (id)`],
  },
  PRIMARY_KEY_BLOCKS_QUERIES: {
    finds: { 'ALTER TABLE posts ADD PRIMARY KEY (id)': ['posts'], 'ALTER TABLE posts ADD no int PRIMARY KEY': ['posts.no'] },
    lets: ['ALTER TABLE posts ADD CONSTRAINT k PRIMARY KEY USING INDEX i'],
  },
  EXCLUSION_BLOCKS_QUERIES: {
    finds: { 'ALTER TABLE bookings ADD CONSTRAINT apart EXCLUDE USING gist (at WITH &&)': ['bookings'] },
    lets: ['CREATE TABLE b (at tsrange, EXCLUDE USING gist (at WITH &&))'],
  },
  FOREIGN_KEY_BLOCKS_WRITES: {
    finds: { 'ALTER TABLE ONLY posts ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES users (id) ON DELETE CASCADE': ['posts.f'] },
    lets: ['ALTER TABLE posts ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES users NOT VALID'],
  },
  REFERENCES_BLOCKS_WRITES: {
    finds: { 'ALTER TABLE posts ADD COLUMN a int REFERENCES users': ['posts.a'] },
    lets: ['ALTER TABLE posts ADD COLUMN a int', `${NEW_TABLE} ALTER TABLE posts ADD COLUMN a int REFERENCES users`],
  },
  CHECK_BLOCKS_QUERIES: {
    finds: { 'ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0), ADD CHECK (id < 9)': ['posts.c', 'posts'] },
    lets: ['ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0) NOT VALID'],
  },
  VALIDATED_IN_SAME_TRANSACTION: {
    finds: { 'ALTER TABLE p ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE p VALIDATE CONSTRAINT c': ['p.c'] },
    lets: [
      'ALTER TABLE p VALIDATE CONSTRAINT c',
      'ALTER TABLE q ADD CONSTRAINT c CHECK (id > 0) NOT VALID; ALTER TABLE p VALIDATE CONSTRAINT c',
    ],
  },
  NOT_NULL_BLOCKS_QUERIES: {
    finds: { 'ALTER TABLE posts ALTER title SET NOT NULL, ALTER COLUMN "B" SET NOT NULL': ['posts.title', 'posts.B'] },
    lets: ['ALTER TABLE posts ALTER title DROP NOT NULL', `${NEW_TABLE} ALTER TABLE posts ALTER id SET NOT NULL`],
  },
  REQUIRED_COLUMN_WITHOUT_VALUE: {
    finds: { 'ALTER TABLE posts ADD COLUMN slug text NOT NULL': ['posts.slug'] },
    lets: [
      "ALTER TABLE posts ADD COLUMN slug text NOT NULL DEFAULT ''",
      'ALTER TABLE posts ADD n int GENERATED ALWAYS AS IDENTITY NOT NULL',
    ],
  },
  DOMAIN_CHECK_BLOCKS_QUERIES: {
    finds: { 'ALTER DOMAIN email ADD CONSTRAINT c CHECK (value <> $$$$)': ['email'], 'ALTER DOMAIN email SET NOT NULL': ['email'] },
    lets: ['ALTER DOMAIN email ADD CONSTRAINT c CHECK (value > 0) NOT VALID', 'CREATE DOMAIN email AS text CHECK (value > 0)'],
  },
  PARTITION_SCANNED: {
    finds: { 'ALTER TABLE logs ATTACH PARTITION logs_1 FOR VALUES FROM (1) TO (2)': ['logs.logs_1'] },
    lets: ['ALTER TABLE logs DETACH PARTITION logs_1'],
  },
  VOLATILE_DEFAULT_REWRITES_TABLE: {
    finds: {
      'ALTER TABLE posts ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid()': ['posts.key'],
      'ALTER TABLE posts ADD at timestamptz DEFAULT clock_timestamp()': ['posts.at'],
    },
    lets: [
      'ALTER TABLE posts ADD at timestamptz DEFAULT now() NOT NULL',
      "ALTER TABLE posts ADD title varchar(20) DEFAULT 'x'::character varying(20) NOT NULL CHECK (length(title) > 0)",
      'ALTER TABLE posts ADD price numeric(10,2) DEFAULT 1.5 REFERENCES prices (price)',
      'ALTER TABLE posts ALTER key SET DEFAULT gen_random_uuid()',
    ],
  },
  SERIAL_REWRITES_TABLE: {
    finds: {
      'ALTER TABLE posts ADD id bigserial': ['posts.id'],
      'ALTER TABLE posts ADD n int GENERATED BY DEFAULT AS IDENTITY': ['posts.n'],
    },
    lets: ['ALTER TABLE posts ADD serial text', 'CREATE TABLE posts (id serial)'],
  },
  STORED_COLUMN_REWRITES_TABLE: {
    finds: { 'ALTER TABLE posts ADD l int GENERATED ALWAYS AS (length(title)) STORED': ['posts.l'] },
    lets: ['ALTER TABLE posts ADD l int GENERATED ALWAYS AS (length(title)) VIRTUAL'],
  },
  REWRITES_TABLE: {
    finds: {
      'ALTER TABLE posts ALTER COLUMN id TYPE bigint': ['posts.id'],
      'ALTER TABLE posts ALTER id SET DATA TYPE bigint': ['posts.id'],
    },
    lets: ['ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint', `${NEW_TABLE} ALTER TABLE posts ALTER id TYPE bigint`],
  },
  RETYPED_AND_REQUIRED: {
    finds: { 'ALTER TABLE posts ALTER id TYPE bigint; ALTER TABLE posts ALTER id SET NOT NULL': ['posts.id'] },
    lets: ['ALTER TABLE posts ALTER id TYPE bigint, ALTER title SET NOT NULL'],
  },
  COLLATION_REBUILDS_INDEXES: {
    finds: { 'ALTER TABLE posts ALTER title TYPE text COLLATE "C"': ['posts.title'] },
    lets: ['ALTER TABLE posts ALTER title TYPE text'],
  },
  PERSISTENCE_REWRITES_TABLE: { finds: { 'ALTER TABLE posts SET UNLOGGED': ['posts'] }, lets: ['CREATE UNLOGGED TABLE posts (id int)'] },
  ACCESS_METHOD_REWRITES_TABLE: {
    finds: { 'ALTER TABLE posts SET ACCESS METHOD heap': ['posts'] },
    lets: ['CREATE TABLE t (a int) USING heap'],
  },
  TABLESPACE_COPIES_TABLE: {
    finds: { 'ALTER TABLE posts SET TABLESPACE fast': ['posts'] },
    lets: ['CREATE TABLE posts (id int) TABLESPACE fast'],
  },
  CLUSTER_REWRITES_TABLE: {
    finds: { 'CLUSTER posts USING i': ['posts'], 'VACUUM FULL posts': ['posts'], 'VACUUM (VERBOSE, FULL) posts': ['posts'] },
    lets: ['VACUUM posts', 'ALTER TABLE posts CLUSTER ON i'],
  },
  REFRESH_BLOCKS_QUERIES: {
    finds: { 'REFRESH MATERIALIZED VIEW totals': ['totals'] },
    lets: ['REFRESH MATERIALIZED VIEW CONCURRENTLY totals', 'REFRESH MATERIALIZED VIEW totals WITH NO DATA'],
  },
  TRIGGER_WAITS_FOR_WRITES: {
    finds: {
      'CREATE TRIGGER t BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION f()': ['posts'],
      'DROP TRIGGER IF EXISTS t ON app.posts': ['app.posts'],
    },
    lets: [`${NEW_TABLE} CREATE TRIGGER t BEFORE INSERT ON posts EXECUTE FUNCTION f()`],
  },
  TRIGGERS_SWITCHED: {
    finds: { 'ALTER TABLE posts DISABLE TRIGGER ALL': ['posts'] },
    lets: ['ALTER TABLE posts ENABLE ROW LEVEL SECURITY'],
  },
  DETACH_BLOCKS_QUERIES: {
    finds: { 'ALTER TABLE logs DETACH PARTITION logs_1': ['logs.logs_1'] },
    lets: ['ALTER TABLE logs DETACH PARTITION logs_1 CONCURRENTLY'],
  },
  TABLE_LOCKED: { finds: { 'LOCK TABLE posts IN SHARE MODE': ['posts'] }, lets: [`${NEW_TABLE} LOCK posts`] },
  SEVERAL_TABLES_LOCKED: {
    finds: { 'ALTER TABLE a ADD x int; ALTER TABLE b ADD x int': ['b'] },
    lets: ['ALTER TABLE a ADD x int; ALTER TABLE a ADD y int', 'ALTER TABLE a ADD x int; ALTER TABLE b VALIDATE CONSTRAINT c'],
  },
  SEVERAL_ALTERS: {
    finds: { 'ALTER TABLE a ADD x int; ALTER TABLE a ADD y int': ['a'] },
    lets: ['ALTER TABLE a ADD x int, ADD y int'],
  },
  TIMEOUT_SWITCHED_OFF: { finds: { 'SET lock_timeout = 0': ['lock_timeout'] }, lets: ["SET lock_timeout = '2s'"] },
  ROWS_CHANGED_UNDER_LOCK: {
    finds: { 'ALTER TABLE a ADD x int; UPDATE a SET x = 1 WHERE y': ['a'] },
    lets: ['UPDATE a SET x = 1 WHERE y; ALTER TABLE a ADD x int', 'CREATE TABLE a (x int); INSERT INTO a VALUES (1)'],
  },
  INDEX_ON_ALL_PARTITIONS: {
    finds: { 'CREATE INDEX ON logs (at)': ['logs'] },
    lets: ['CREATE INDEX ON ONLY logs (at)', 'CREATE INDEX ON checked (size)'],
  },
  ALL_PARTITIONS_CHANGED: { finds: { 'ALTER TABLE public.logs ADD x int': ['public.logs'] }, lets: ['ALTER TABLE checked ADD x int'] },
  CHECKED_COLUMN_RETYPED: {
    finds: { 'ALTER TABLE checked ALTER size TYPE bigint': ['checked.size'] },
    lets: ['ALTER TABLE checked ALTER name TYPE text'],
  },
  TYPE_NARROWED: {
    finds: {
      'ALTER TABLE checked ALTER size TYPE smallint': ['checked.size'],
      'ALTER TABLE checked ALTER name TYPE varchar(10)': ['checked.name'],
      'ALTER TABLE checked ALTER price TYPE numeric(12, 2)': ['checked.price'],
    },
    lets: [
      'ALTER TABLE checked ALTER size TYPE bigint',
      'ALTER TABLE checked ALTER name TYPE varchar(50)',
      'ALTER TABLE checked ALTER name TYPE text',
      'ALTER TABLE checked ALTER price TYPE numeric(14, 3)',
    ],
  },
  KEY_LOSES_INDEX: { finds: { 'DROP INDEX checked_pkey': ['checked_pkey'] }, lets: ['DROP INDEX by_name'] },
  COLUMN_IS_READ: {
    finds: { 'ALTER TABLE checked ALTER name TYPE text': ['checked.name'] },
    lets: ['ALTER TABLE checked ALTER size TYPE bigint'],
  },
  COLUMN_DROPPED: {
    finds: { 'ALTER TABLE posts DROP COLUMN IF EXISTS body, DROP title CASCADE': ['posts.body', 'posts.title'] },
    lets: ['ALTER TABLE posts DROP CONSTRAINT c', `${NEW_TABLE} ALTER TABLE posts DROP COLUMN id`],
  },
  TABLE_DROPPED: { finds: { 'DROP TABLE IF EXISTS app.posts': ['app.posts'] }, lets: ['DROP VIEW posts', `${NEW_TABLE} DROP TABLE posts`] },
  TABLE_MADE_ANEW: {
    finds: { 'DROP TABLE posts; CREATE TABLE posts (id int)': ['posts'] },
    lets: ['DROP TABLE posts; CREATE TABLE users (id int)'],
  },
  SCHEMA_DROPPED: { finds: { 'DROP SCHEMA app': ['app'] }, lets: ['CREATE SCHEMA app'] },
  DATABASE_DROPPED: { finds: { 'DROP DATABASE app': ['app'] }, lets: ['DROP TABLE app'] },
  CASCADES: {
    finds: {
      'DROP TABLE posts CASCADE': ['posts'],
      'DROP FUNCTION f(int, text) CASCADE': ['f'],
      'ALTER TABLE posts DROP COLUMN a CASCADE': ['posts'],
    },
    lets: ['DROP TABLE posts', 'ALTER TABLE posts ADD FOREIGN KEY (a) REFERENCES u ON DELETE CASCADE'],
  },
  TRUNCATED: { finds: { 'TRUNCATE TABLE posts, users': ['posts'] }, lets: ['DELETE FROM posts WHERE id < 5'] },
  EVERY_ROW_CHANGED: {
    finds: { 'UPDATE posts SET a = 1': ['posts'], 'DELETE FROM ONLY posts': ['posts'] },
    lets: ['UPDATE posts SET a = 1 WHERE a IS NULL', `${NEW_TABLE} UPDATE posts SET id = 1`],
  },
  NULLS_ALLOWED: {
    finds: { 'ALTER TABLE posts ALTER title DROP NOT NULL': ['posts.title'] },
    lets: ['ALTER TABLE posts ALTER title DROP DEFAULT'],
  },
  CONSTRAINT_DROPPED: {
    finds: { 'ALTER TABLE posts DROP CONSTRAINT IF EXISTS posts_pkey': ['posts.posts_pkey'] },
    lets: [
      'ALTER TABLE posts DROP COLUMN constraint_kind',
      'ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0); ALTER TABLE posts DROP CONSTRAINT c',
    ],
  },
  ASSIGNED_TWICE: {
    finds: { 'UPDATE posts SET a = 1, b = 2, a = 3 WHERE c': ['posts.a'] },
    lets: ['UPDATE posts SET a = 1, b = a WHERE c'],
  },
  NUMBERED_BY_HAND: {
    finds: { "INSERT INTO kinds (id, name) VALUES (1, 'a')": ['kinds'] },
    lets: ["INSERT INTO kinds (id, name) VALUES (1, 'a'); SELECT setval('kinds_id_seq', 1)", "INSERT INTO kinds (name) VALUES ('a')"],
  },
  COLUMN_RENAMED: {
    finds: { 'ALTER TABLE posts RENAME title TO headline': ['posts.title'], 'ALTER TABLE posts RENAME COLUMN "A" TO b': ['posts.A'] },
    lets: ['ALTER TABLE posts RENAME CONSTRAINT a TO b', 'ALTER TABLE posts RENAME TO articles'],
  },
  TABLE_RENAMED: {
    finds: { 'ALTER TABLE posts RENAME TO articles': ['posts'], 'ALTER VIEW v RENAME TO w': ['v'] },
    lets: ['ALTER TABLE posts RENAME a TO b', 'ALTER INDEX i RENAME TO j'],
  },
  SCHEMA_CHANGED: {
    finds: {
      'ALTER SCHEMA app RENAME TO shop': ['app'],
      'ALTER TABLE posts SET SCHEMA app': ['posts'],
      'ALTER TYPE mood SET SCHEMA app': ['mood'],
    },
    lets: ['ALTER TABLE posts SET (fillfactor = 80)'],
  },
  ENUM_VALUE_RENAMED: { finds: { "ALTER TYPE mood RENAME VALUE 'a' TO 'b'": ['mood'] }, lets: ['ALTER TYPE mood RENAME TO feeling'] },
  TYPE_DROPPED: { finds: { 'DROP TYPE IF EXISTS mood': ['mood'] }, lets: ['DROP VIEW mood'] },
  ENUM_VALUE_UNUSABLE_UNTIL_COMMIT: {
    finds: { "ALTER TYPE mood ADD VALUE 'glad'; UPDATE a SET m = 'glad' WHERE b": ['mood'] },
    lets: ["ALTER TYPE mood ADD VALUE 'glad'", "ALTER TYPE mood ADD VALUE 'glad'; UPDATE a SET m = 'sad' WHERE b"],
  },
  ENUM_VALUE_WITHOUT_PLACE: { finds: { "ALTER TYPE mood ADD VALUE 'a'": ['mood'] }, lets: ["ALTER TYPE mood ADD VALUE 'a' BEFORE 'b'"] },
  ENUM_MADE: { finds: { "CREATE TYPE app.mood AS ENUM ('a')": ['app.mood'] }, lets: ['CREATE TYPE pair AS (a int)'] },
  UNTRACKED_BODY: {
    finds: { "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DROP TABLE x; END'": ['f'] },
    lets: ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END'],
  },
  EXTENSION_CHANGED: {
    finds: { 'ALTER EXTENSION citext UPDATE': ['citext'], 'CREATE EXTENSION IF NOT EXISTS citext': ['citext'] },
    lets: ["CREATE EXTENSION citext VERSION '1.6'"],
  },
  DEFAULT_CHANGED: {
    finds: { "ALTER TABLE posts ALTER title SET DEFAULT 'x'": ['posts.title'] },
    lets: ["ALTER TABLE posts ADD title text DEFAULT 'x'"],
  },
  JSON_HAS_NO_EQUALITY: { finds: { 'ALTER TABLE posts ADD meta json': ['posts.meta'] }, lets: ['ALTER TABLE posts ADD meta jsonb'] },
  RIGHTS_CHANGED: {
    finds: {
      'GRANT SELECT, UPDATE (title) ON TABLE posts TO reader': ['posts'],
      'CREATE POLICY p ON app.posts USING (owner = current_user)': ['app.posts'],
      'ALTER TABLE posts DISABLE ROW LEVEL SECURITY': ['posts'],
    },
    lets: [`${NEW_TABLE} GRANT SELECT ON posts TO reader`],
  },
  ROW_SECURITY_WITHOUT_POLICY: {
    finds: { 'ALTER TABLE posts ENABLE ROW LEVEL SECURITY': ['posts'] },
    lets: ['CREATE POLICY p ON posts USING (id > 0); ALTER TABLE posts ENABLE ROW LEVEL SECURITY'],
  },
  POLICY_ALLOWS_ALL: { finds: { 'CREATE POLICY p ON posts USING (true)': ['posts'] }, lets: ['CREATE POLICY p ON posts USING (id > 0)'] },
  DEFINER_WITHOUT_SEARCH_PATH: {
    finds: { "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'": ['f'] },
    lets: ["CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'"],
  },
  NEEDS_SUPERUSER: {
    finds: { 'CREATE ROLE reader': ['reader'], "ALTER SYSTEM SET work_mem = '1GB'": ['ALTER SYSTEM'], "COPY t FROM PROGRAM 'ls'": ['t'] },
    lets: ['CREATE USER MAPPING FOR reader SERVER s', 'CREATE TABLE role (id int)'],
  },
};

const rules = suite('hazards');
const shadow = await Shadow.open(await withServer(18), 'postgres');
const schema = await shadow.scratch((database) =>
  database.session(async (session) => {
    await session.script(`
      CREATE TABLE logs (at timestamptz) PARTITION BY RANGE (at);
      CREATE TABLE checked (id int PRIMARY KEY, size int CHECK (size > 0), name varchar(20), price numeric(13, 3));
      CREATE VIEW names AS SELECT name FROM checked;`);
    return introspect(session);
  }),
);

const objectsOf = (rule: string, sql: string): readonly string[] =>
  findHazards({ steps: [sql], transaction: true }, schema)
    .hazards.filter(({ name }) => name === rule)
    .map(({ object }) => object);

rules('every rule has examples of both sorts', () => {
  assert.equal(
    RULES.map(({ name }) => name).filter((name) => !EXAMPLES[name]?.lets.length || Object.keys(EXAMPLES[name]?.finds ?? {}).length === 0),
    [],
  );
});

rules('docs/hazards.md is what the rules say: node scripts/hazards.ts writes it', () => {
  assert.is(readFileSync(join(import.meta.dirname, '../../docs/hazards.md'), 'utf8'), hazardsPage());
});

for (const [rule, { finds, lets }] of Object.entries(EXAMPLES)) {
  rules(`${rule} is found where it is, and nowhere else`, () => {
    for (const [sql, objects] of Object.entries(finds)) assert.equal(objectsOf(rule, sql), objects, sql);
    for (const sql of lets) assert.equal(objectsOf(rule, sql), [], sql);
  });
}

rules('a partition whose rows were checked before is not scanned when it joins, unless all of it is one transaction', () => {
  const steps = [
    'ALTER TABLE logs_1 ADD CONSTRAINT fits CHECK (at > $$2026-01-01$$) NOT VALID',
    'ALTER TABLE logs_1 VALIDATE CONSTRAINT fits',
    'ALTER TABLE logs ATTACH PARTITION logs_1 FOR VALUES FROM (1) TO (2)',
  ];
  const isScanned = (transaction: boolean, some: readonly string[]): boolean =>
    findHazards({ steps: some, transaction }, schema).hazards.some(({ name }) => name === 'PARTITION_SCANNED');
  assert.equal([isScanned(false, steps), isScanned(true, steps), isScanned(false, steps.toSpliced(1, 1))], [false, true, true]);
});

rules('a comment with a reason lets one rule pass on one statement, and one that silences nothing is named', () => {
  const { hazards, unused } = findHazards({
    steps: [
      '-- @allow INDEX_BLOCKS_WRITES: ten rows\nCREATE INDEX ON kinds (id); CREATE INDEX ON posts (id)',
      '-- @allow TRUNCATED: gone\nSELECT 1',
    ],
    transaction: true,
  });
  assert.equal(
    hazards.map(({ name, object, allowed }) => [name, object, allowed]),
    [
      ['INDEX_BLOCKS_WRITES', 'kinds', 'ten rows'],
      ['INDEX_BLOCKS_WRITES', 'posts', undefined],
    ],
  );
  assert.equal(unused, [{ name: 'TRUNCATED', sql: 'SELECT 1' }]);
});

rules.after(() => shadow.close());
rules.run();
