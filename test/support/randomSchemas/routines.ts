import { base, needs, type Slots, slot } from './slots.ts';

const USERS = 'public.users kind';
const one = (attributes: string): string => `CREATE FUNCTION public.one() RETURNS int LANGUAGE sql ${attributes}`;
const touch = (body: string): string => `CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${body}; END'`;

/** Functions, procedures, aggregates and what is made of them: operators, casts, triggers on events. */
export const ROUTINE_SLOTS: Slots = {
  one: base(
    slot(
      'one.sql',
      one(`AS 'SELECT 1'`),
      one(`STABLE AS 'SELECT 1'`),
      one(`IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT 2'; COMMENT ON FUNCTION public.one() IS 'o'`),
      one('BEGIN ATOMIC SELECT 3; END; REVOKE EXECUTE ON FUNCTION public.one() FROM PUBLIC'),
      one('LEAKPROOF RETURN 4; GRANT EXECUTE ON FUNCTION public.one() TO reader WITH GRANT OPTION'),
      one(`SET search_path = 'app', public SET work_mem = '5MB' AS 'SELECT 1'; ALTER FUNCTION public.one() OWNER TO reader`),
      `CREATE FUNCTION public.one(OUT x int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'BEGIN x := 1; END'`,
      needs(['sequence'], one(`AS $$ SELECT nextval('app.numbers')::int $$`)),
    ),
  ),
  sound: base(
    slot(
      'sound.sql',
      `CREATE FUNCTION app.sound(value anyelement) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'`,
      `CREATE FUNCTION app.sound(value anyelement) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 IS NOT NULL'`,
      `CREATE FUNCTION app.sound(anyelement) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT true'; COMMENT ON FUNCTION app.sound IS 'sound?'`,
      `CREATE FUNCTION app.sound(value anyelement, strict boolean DEFAULT false) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'`,
    ),
  ),
  many: slot(
    'many.sql',
    needs(
      [USERS],
      `CREATE FUNCTION app.many(n int DEFAULT 1) RETURNS SETOF public.users LANGUAGE sql ROWS 10 AS 'SELECT * FROM public.users'`,
    ),
    needs(
      [USERS],
      `CREATE FUNCTION app.many(n int DEFAULT 2, m text DEFAULT 'x') RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(id) FROM public.users; END`,
    ),
    `CREATE FUNCTION app.many(n text) RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT 1, n'`,
    `CREATE FUNCTION app.many(VARIADIC n text[]) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    needs(['mood'], `CREATE FUNCTION app.many(n app.mood DEFAULT 'ok') RETURNS app.mood[] LANGUAGE sql RETURN ARRAY['ok'::app.mood, n]`),
    needs(['mail'], `CREATE FUNCTION app.many(n public.mail) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN n; END'`),
    needs(
      ['public.users view'],
      `CREATE FUNCTION app.many() RETURNS SETOF app."users v" LANGUAGE sql BEGIN ATOMIC SELECT * FROM app."users v"; END`,
    ),
  ),
  touch: base(
    slot(
      'touch.sql',
      touch('RETURN NEW'),
      `${touch('RETURN NULL')}; GRANT EXECUTE ON FUNCTION app.touch() TO reader`,
      `${touch('RETURN NEW')}; COMMENT ON FUNCTION app.touch() IS 't'`,
    ),
  ),
  procedure: slot(
    'procedure.sql',
    `CREATE PROCEDURE app.work() LANGUAGE sql AS 'SELECT 1'`,
    `CREATE PROCEDURE app.work() LANGUAGE sql AS 'SELECT 2'; COMMENT ON PROCEDURE app.work() IS 'w'; GRANT EXECUTE ON PROCEDURE app.work() TO reader`,
    `CREATE PROCEDURE app.work(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := 1; END'`,
  ),
  aggregate: slot(
    'aggregate.sql',
    `CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')`,
    `CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int); COMMENT ON AGGREGATE app.total(int) IS 't'`,
    `CREATE AGGREGATE app.total(int) (SFUNC = int4pl, STYPE = int, PARALLEL = SAFE, COMBINEFUNC = int4pl); ALTER AGGREGATE app.total(int) OWNER TO reader; GRANT EXECUTE ON FUNCTION app.total(int) TO reader`,
    needs(
      ['pair'],
      `CREATE FUNCTION app.add(public.pair, public.pair) RETURNS public.pair LANGUAGE sql AS 'SELECT $1'; CREATE AGGREGATE app.total(public.pair) (SFUNC = app.add, STYPE = public.pair)`,
    ),
  ),
  operator: slot(
    'operator.sql',
    `CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(app.===))`,
    `CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, RESTRICT = eqsel); COMMENT ON OPERATOR app.=== (int, int) IS 'o'`,
    `CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, RESTRICT = eqsel, JOIN = eqjoinsel, MERGES, HASHES, NEGATOR = OPERATOR(app.!==)); CREATE OPERATOR app.!== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne, NEGATOR = OPERATOR(app.===))`,
    `CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq); ALTER OPERATOR app.=== (text, text) OWNER TO reader`,
    `CREATE FUNCTION app.is_one(int) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = 1'; CREATE OPERATOR app.=== (RIGHTARG = int, FUNCTION = app.is_one)`,
  ),
  family: slot(
    'family.sql',
    `CREATE OPERATOR FAMILY app.numbers USING btree; CREATE OPERATOR CLASS app.backwards FOR TYPE int USING btree FAMILY app.numbers AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(int, int)`,
    `CREATE OPERATOR FAMILY app.numbers USING hash; COMMENT ON OPERATOR FAMILY app.numbers USING hash IS 'f'`,
    `CREATE OPERATOR CLASS app.backwards FOR TYPE int USING btree AS OPERATOR 1 >, OPERATOR 3 =, OPERATOR 5 <, FUNCTION 1 btint4cmp(int, int); COMMENT ON OPERATOR CLASS app.backwards USING btree IS 'c'; ALTER OPERATOR CLASS app.backwards USING btree OWNER TO reader`,
    `CREATE OPERATOR FAMILY app.numbers USING btree; ALTER OPERATOR FAMILY app.numbers USING btree ADD OPERATOR 1 < (int4, int8), FUNCTION 1 (int4, int8) btint48cmp(int4, int8)`,
  ),
  'class index': slot(
    'class_index.sql',
    ({ at }) =>
      at('family').includes('CLASS app.backwards') ? 'CREATE TABLE app.sorted (n int); CREATE INDEX ON app.sorted (n app.backwards)' : '',
    ({ at }) => (at('operator').includes('= int, RIGHTARG = int') ? 'CREATE VIEW app.sorted AS SELECT 1 OPERATOR(app.===) 2 AS same' : ''),
    ({ at }) => (at('collation') ? 'CREATE TABLE app.sorted (n text COLLATE app.deep); CREATE INDEX ON app.sorted (n)' : ''),
    ({ at }) =>
      at('aggregate').includes('total(int)') ? 'CREATE VIEW app.sorted AS SELECT app.total(n) FROM generate_series(1, 3) n' : '',
  ),
  cast: slot(
    'cast.sql',
    needs(
      ['pair'],
      `CREATE FUNCTION app.as_pair(text) RETURNS public.pair LANGUAGE sql AS 'SELECT NULL::public.pair'; CREATE CAST (text AS public.pair) WITH FUNCTION app.as_pair(text)`,
    ),
    needs(['pair'], `CREATE CAST (text AS public.pair) WITH INOUT AS ASSIGNMENT; COMMENT ON CAST (text AS public.pair) IS 'c'`),
    needs(['mood'], 'CREATE CAST (text AS app.mood) WITH INOUT AS IMPLICIT'),
  ),
  pairs: slot(
    'pairs.sql',
    needs(['pair'], 'CREATE TABLE app.pairs (p public.pair, ps public.pair[]); CREATE VIEW app.as AS SELECT (p).b FROM app.pairs'),
    needs(['pair'], `CREATE FUNCTION app.pair_of(public.pair) RETURNS text LANGUAGE sql AS 'SELECT ($1).b'`),
    needs(['pair'], `CREATE TABLE app.pairs OF public.pair (b NOT NULL)`),
    needs(['pair'], `CREATE TABLE app.pairs OF public.pair (b DEFAULT 'x', UNIQUE (b)); COMMENT ON COLUMN app.pairs.b IS 'b'`),
    needs(['pair'], 'CREATE TYPE app.nested AS (p public.pair, ps public.pair[]); CREATE TABLE app.pairs (n app.nested)'),
  ),
};
