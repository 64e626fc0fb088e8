import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { statementScope } from '../../src/load/statementScope.ts';

const scopes = suite('how far statements reach');

const scopeOf = (sql: string, settings: readonly string[] = []) => statementScope({ sql, settings, file: 'a.sql', line: 1, stage: 0 });

/** `sort schema.name`, joined by commas, or the reach. */
function said(sql: string, settings: readonly string[] = []): string {
  const scope = scopeOf(sql, settings);
  if (scope.reach === 'index') return `index ${scope.schema}.${scope.name}`;
  return scope.reach === 'roots' ? scope.roots.map(({ sort, schema, name }) => `${sort} ${schema}.${name}`).join(', ') : scope.reach;
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'relation public.posts': [
    'CREATE TABLE posts (id int)',
    'CREATE UNLOGGED TABLE IF NOT EXISTS public."posts" (id int CHECK (id::text LIKE \'a%\'))',
    'ALTER TABLE ONLY public.posts ADD CONSTRAINT a PRIMARY KEY (id)',
    'ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    'ALTER TABLE posts ENABLE ROW LEVEL SECURITY',
    'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY posts (id)',
    'CREATE INDEX ON posts (id)',
    'CREATE TRIGGER t AFTER UPDATE OF a, b ON posts EXECUTE FUNCTION f()',
    'CREATE CONSTRAINT TRIGGER t AFTER INSERT ON posts EXECUTE FUNCTION f()',
    'CREATE POLICY p ON posts USING (true)',
    'CREATE OR REPLACE RULE r AS ON INSERT TO posts DO INSTEAD NOTHING',
    'CREATE STATISTICS s (ndistinct) ON a, b FROM posts',
    "COMMENT ON TABLE posts IS 'x'",
    "COMMENT ON COLUMN posts.id IS 'x'",
    "COMMENT ON COLUMN public.posts.id IS 'x'",
    "COMMENT ON CONSTRAINT c ON posts IS 'x'",
    "COMMENT ON TRIGGER t ON posts IS 'x'",
    'GRANT SELECT (id), UPDATE ON posts TO a',
    'REVOKE ALL ON TABLE public.posts FROM PUBLIC',
    'CREATE VIEW posts AS SELECT 1',
    'CREATE MATERIALIZED VIEW posts AS SELECT 1',
    'CREATE SEQUENCE posts',
    'ALTER TABLE posts OWNER TO a',
    'ALTER MATERIALIZED VIEW IF EXISTS public.posts OWNER TO a',
    'ALTER SEQUENCE posts OWNED BY users.id',
    'ALTER TABLE parents ATTACH PARTITION posts FOR VALUES IN (1)',
  ],
  'routine public.f': [
    'CREATE OR REPLACE FUNCTION f(a int, b text) RETURNS int LANGUAGE plpgsql AS $$ DECLARE x posts.id%TYPE; BEGIN END $$',
    'ALTER FUNCTION public.f(int) STABLE',
    'ALTER AGGREGATE f(int) OWNER TO a',
    "COMMENT ON FUNCTION f(int) IS 'x'",
    'GRANT EXECUTE ON FUNCTION f(int, text) TO a',
    'CREATE AGGREGATE f(int) (SFUNC = g, STYPE = int)',
  ],
  'type app.t': [
    "CREATE TYPE app.t AS ENUM ('a')",
    'CREATE TYPE app.t',
    'CREATE TYPE app.t (INPUT = a, OUTPUT = b)',
    'CREATE DOMAIN app.t AS text',
    'ALTER TYPE app.t OWNER TO a',
    "COMMENT ON CONSTRAINT c ON DOMAIN app.t IS 'x'",
    'GRANT USAGE ON TYPE app.t TO a',
  ],
  'relation public.a, relation app.b': ['GRANT SELECT ON a, app.b TO c'],
  'index public.i': ['ALTER INDEX i SET (fillfactor = 70)', "COMMENT ON INDEX i IS 'x'", 'ALTER INDEX whole ATTACH PARTITION i'],
  apart: [
    'CREATE SCHEMA app',
    'CREATE SCHEMA app AUTHORIZATION a',
    'ALTER SCHEMA app OWNER TO a',
    'ALTER SERVER s OWNER TO a',
    'CREATE EXTENSION citext',
    'CREATE CAST (a AS b) WITHOUT FUNCTION',
    'CREATE OPERATOR CLASS o FOR TYPE t USING btree AS STORAGE t',
    'CREATE PUBLICATION p FOR TABLE posts',
    'CREATE ROLE r',
    "COMMENT ON SCHEMA app IS 'x'",
    'GRANT USAGE ON SCHEMA app TO a',
    'GRANT a TO b',
    'CREATE FOREIGN DATA WRAPPER w',
  ],
  everything: [
    'CREATE TABLE pg_temp.posts (id int)',
    'CREATE DOMAIN pg_temp.passing AS int',
    'DO $$ BEGIN END $$',
    'DROP TABLE posts',
    'ALTER STATISTICS s OWNER TO a',
    'REASSIGN OWNED BY a TO b',
    'ALTER FUNCTION f(int) NO DEPENDS ON EXTENSION e',
    'ALTER TRIGGER t ON posts DEPENDS ON EXTENSION e',
    'CREATE TABLE posts AS SELECT 1',
    'CREATE TABLE posts (LIKE users)',
    'CREATE TEMP TABLE posts (id int)',
    'CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()',
    "CREATE FUNCTION f(a posts.id%TYPE) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'CREATE SCHEMA app CREATE TABLE t (id int)',
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO a',
    'ALTER TABLE posts RENAME TO other',
    'ALTER TABLE posts SET SCHEMA app',
    'ALTER TABLE parents DETACH PARTITION posts',
    'GRANT SELECT ON ALL TABLES IN SCHEMA public TO a',
    "COMMENT ON STATISTICS s IS 'x'",
  ],
};

for (const [scope, statements] of Object.entries(EXPECTED)) {
  for (const sql of statements) scopes(`${sql}: ${scope}`, () => assert.is(said(sql), scope));
}

scopes('a name without a schema is where the search_path says, and everything where that leaves a choice', () => {
  assert.is(said('CREATE TABLE posts (id int)', ['SET search_path = app, pg_catalog']), 'relation app.posts');
  assert.is(said('CREATE TABLE posts (id int)', ['SET search_path TO app, public']), 'everything');
  assert.is(said('CREATE TABLE app.posts (id int)', ['SET search_path TO app, public']), 'relation app.posts');
});

scopes.run();
