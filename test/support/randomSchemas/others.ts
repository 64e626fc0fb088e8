import type { Slot, Version } from './slots.ts';

const slot = (file: string, ...versions: readonly Version[]): Slot => ({ file, versions: ['', ...versions] });
const table = 'public.users kind';

/** What does not belong to one table. */
export const OTHER_SLOTS: Readonly<Record<string, Slot>> = {
  app: {
    file: 'app.sql',
    versions: [
      'CREATE SCHEMA app',
      `CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'a'`,
      'CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO reader',
    ],
  },
  mood: slot(
    'mood.sql',
    `CREATE TYPE app.mood AS ENUM ('sad', 'ok')`,
    `CREATE TYPE app.mood AS ENUM ('sad', 'so so', 'ok', 'happy')`,
    `CREATE TYPE app.mood AS ENUM ('ok', 'sad'); COMMENT ON TYPE app.mood IS 'm'`,
    `CREATE TYPE app.mood AS ENUM ('ok'); GRANT USAGE ON TYPE app.mood TO reader; REVOKE USAGE ON TYPE app.mood FROM PUBLIC`,
  ),
  mail: slot(
    'mail.sql',
    `CREATE DOMAIN public.mail AS text CHECK (VALUE <> '')`,
    `CREATE DOMAIN public.mail AS text NOT NULL DEFAULT 'x' CONSTRAINT "has at" CHECK (VALUE LIKE '%@%')`,
    `CREATE DOMAIN public.mail AS varchar(50) COLLATE "C"`,
  ),
  pair: slot(
    'pair.sql',
    `CREATE TYPE public.pair AS (a int, b text)`,
    `CREATE TYPE public.pair AS (a bigint, c text COLLATE "C", b text)`,
    `CREATE TYPE public.pair AS (b text)`,
  ),
  span: slot(
    'span.sql',
    `CREATE TYPE public.span AS RANGE (SUBTYPE = int)`,
    `CREATE TYPE public.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = public.spans)`,
  ),
  one: slot(
    'one.sql',
    `CREATE FUNCTION public.one() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    `CREATE FUNCTION public.one() RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT 2'; COMMENT ON FUNCTION public.one() IS 'o'`,
    `CREATE FUNCTION public.one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 3; END; REVOKE EXECUTE ON FUNCTION public.one() FROM PUBLIC`,
    `CREATE FUNCTION public.one(OUT x int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'BEGIN x := 1; END'`,
  ),
  many: slot(
    'many.sql',
    ({ at }) =>
      at(table) && `CREATE FUNCTION app.many(n int DEFAULT 1) RETURNS SETOF public.users LANGUAGE sql AS 'SELECT * FROM public.users'`,
    ({ at }) =>
      at(table) &&
      `CREATE FUNCTION app.many(n int DEFAULT 2, m text DEFAULT 'x') RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(id) FROM public.users; END`,
    `CREATE FUNCTION app.many(n text) RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT 1, n'`,
  ),
  touch: slot(
    'touch.sql',
    `CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    `CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; GRANT EXECUTE ON FUNCTION app.touch() TO reader`,
  ),
  procedure: slot(
    'procedure.sql',
    `CREATE PROCEDURE app.work() LANGUAGE sql AS 'SELECT 1'`,
    `CREATE PROCEDURE app.work(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := 1; END'`,
  ),
  aggregate: slot(
    'aggregate.sql',
    `CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')`,
    `CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int); COMMENT ON AGGREGATE app.total(int) IS 't'`,
  ),
  sequence: slot(
    'sequence.sql',
    `CREATE SEQUENCE app.numbers`,
    `CREATE SEQUENCE app.numbers AS int START 5 INCREMENT 5 CYCLE CACHE 3 MAXVALUE 500; GRANT USAGE ON SEQUENCE app.numbers TO reader`,
    ({ at }) => at(table) && `CREATE SEQUENCE public.numbers OWNED BY public.users.id`,
  ),
  partitions: slot(
    'partitions.sql',
    `CREATE TABLE app.logs (at date, what text) PARTITION BY RANGE (at); CREATE TABLE app.logs_a PARTITION OF app.logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); CREATE INDEX ON app.logs (at)`,
    `CREATE TABLE app.logs (at date, what text NOT NULL) PARTITION BY RANGE (at); CREATE TABLE app.logs_a PARTITION OF app.logs FOR VALUES FROM ('2026-01-01') TO ('2028-01-01'); CREATE TABLE app.logs_b PARTITION OF app.logs DEFAULT`,
    `CREATE TABLE app.logs (at date, what text, PRIMARY KEY (at)) PARTITION BY LIST (at); CREATE TABLE app.logs_a PARTITION OF app.logs (CHECK (what <> '')) FOR VALUES IN ('2026-01-01') PARTITION BY HASH (at); CREATE TABLE app.logs_b PARTITION OF app.logs_a FOR VALUES WITH (MODULUS 2, REMAINDER 0)`,
    `CREATE TABLE app.logs (at date, what text); CREATE TABLE app.logs_a (at date, what text)`,
  ),
  inheritance: slot(
    'inheritance.sql',
    `CREATE TABLE app.parent (a int CHECK (a > 0)); CREATE TABLE app.child (b text) INHERITS (app.parent)`,
    `CREATE TABLE app.parent (a int NOT NULL DEFAULT 5, c date); CREATE TABLE app.child (b text) INHERITS (app.parent); CREATE INDEX ON app.child (a)`,
    `CREATE TABLE app.parent (a int); CREATE TABLE app.child (b text, a int)`,
  ),
  collation: slot(
    'collation.sql',
    `CREATE COLLATION app.deep (LOCALE = 'C')`,
    `CREATE COLLATION app.deep (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false)`,
  ),
  operator: slot(
    'operator.sql',
    `CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(app.===))`,
    `CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, RESTRICT = eqsel); COMMENT ON OPERATOR app.=== (int, int) IS 'o'`,
    `CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)`,
  ),
  textSearch: slot(
    'textSearch.sql',
    `CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION app.search (COPY = simple)`,
    `CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple, STOPWORDS = english); CREATE TEXT SEARCH CONFIGURATION app.search (COPY = simple); ALTER TEXT SEARCH CONFIGURATION app.search ALTER MAPPING FOR word WITH app.words`,
  ),
  publication: slot(
    'publication.sql',
    `CREATE PUBLICATION news`,
    ({ at }) => at(table) && `CREATE PUBLICATION news FOR TABLE public.users WHERE (id IS NOT NULL) WITH (publish = 'insert')`,
    `CREATE PUBLICATION news FOR TABLES IN SCHEMA app`,
    `CREATE PUBLICATION news FOR ALL TABLES WITH (publish_via_partition_root)`,
  ),
  foreign: slot(
    'foreign.sql',
    `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away FOREIGN DATA WRAPPER far OPTIONS (host 'h'); CREATE FOREIGN TABLE app.there (a int OPTIONS (n 'x')) SERVER away OPTIONS (t 'a')`,
    `CREATE FOREIGN DATA WRAPPER far OPTIONS (debug 'true'); CREATE SERVER away VERSION '2' FOREIGN DATA WRAPPER far; CREATE FOREIGN TABLE app.there (a int NOT NULL, b text) SERVER away; GRANT USAGE ON FOREIGN SERVER away TO reader`,
    `CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away TYPE 't' FOREIGN DATA WRAPPER far; CREATE USER MAPPING FOR reader SERVER away OPTIONS ("user" 'u')`,
  ),
  eventTrigger: slot(
    'eventTrigger.sql',
    `CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER watched ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION app.watch()`,
    `CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER watched ON sql_drop EXECUTE FUNCTION app.watch(); ALTER EVENT TRIGGER watched DISABLE`,
  ),
  defaultPrivileges: slot(
    'defaultPrivileges.sql',
    `ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader`,
    `ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO reader`,
  ),
  cast: slot(
    'cast.sql',
    ({ at }) =>
      at('pair') &&
      `CREATE FUNCTION app.as_pair(text) RETURNS public.pair LANGUAGE sql AS 'SELECT NULL::public.pair'; CREATE CAST (text AS public.pair) WITH FUNCTION app.as_pair(text)`,
    ({ at }) => at('pair') && `CREATE CAST (text AS public.pair) WITH INOUT AS ASSIGNMENT; COMMENT ON CAST (text AS public.pair) IS 'c'`,
  ),
  pairs: slot(
    'pairs.sql',
    ({ at }) => at('pair') && `CREATE TABLE app.pairs (p public.pair, ps public.pair[]); CREATE VIEW app.as AS SELECT (p).b FROM app.pairs`,
    ({ at }) => at('pair') && `CREATE FUNCTION app.pair_of(public.pair) RETURNS text LANGUAGE sql AS 'SELECT ($1).b'`,
  ),
  family: slot(
    'family.sql',
    `CREATE OPERATOR FAMILY app.numbers USING btree; CREATE OPERATOR CLASS app.backwards FOR TYPE int USING btree FAMILY app.numbers AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(int, int)`,
    `CREATE OPERATOR FAMILY app.numbers USING hash`,
  ),
};
