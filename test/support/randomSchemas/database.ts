import { base, needs, type Slots, since, slot, textOf, type Version } from './slots.ts';

const USERS = 'public.users kind';
const watch = `CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`;
const parser = (rest: string): string =>
  `CREATE TEXT SEARCH PARSER app.reader (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype${rest})`;

/** The validator that PostgreSQL brings knows options of servers alone. */
const far =
  (slots: readonly string[], version: string): Version =>
  (look) =>
    look.at('wrapper').includes('VALIDATOR') ? '' : textOf(needs(['server', ...slots], version), look);

/** What an extension's own objects got by default privileges when it came is not modelled. */
const extension =
  (rest: string): Version =>
  ({ at }) =>
    at('default privileges') === '' ? `CREATE EXTENSION citext${rest}` : '';

/** PostgreSQL publishes no unlogged tables, and before 18 no generated columns. */
const published =
  (slots: readonly string[], version: string): Version =>
  (look) =>
    slots.some((name) => /UNLOGGED|GENERATED ALWAYS AS \(/.test(look.at(name))) ? '' : textOf(needs(slots, version), look);

/** Schemas, and what belongs to no table: text search, publications, foreign servers, privileges of what is to come. */
export const DATABASE_SLOTS: Slots = {
  app: {
    file: 'app.sql',
    // Always there, so that what lies in it does not depend on luck; the other schema comes and goes.
    versions: [
      'CREATE SCHEMA app',
      `CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'a'`,
      'CREATE SCHEMA app; GRANT USAGE ON SCHEMA app TO reader',
      'CREATE SCHEMA app; GRANT USAGE, CREATE ON SCHEMA app TO reader WITH GRANT OPTION',
      'CREATE SCHEMA app AUTHORIZATION reader',
    ],
  },
  'odd schema': slot(
    'odd_schema.sql',
    'CREATE SCHEMA "Odd.Schema"',
    `CREATE SCHEMA "Odd.Schema"; CREATE TABLE "Odd.Schema"."a b.c" ("x.y" int PRIMARY KEY, "X" text); COMMENT ON COLUMN "Odd.Schema"."a b.c"."x.y" IS '"'`,
    `CREATE SCHEMA "Odd.Schema"; CREATE TABLE "Odd.Schema"."a b.c" ("x.y" bigint NOT NULL, "X" text DEFAULT 'it''s', CHECK ("X" <> '"')); CREATE INDEX ON "Odd.Schema"."a b.c" ("X")`,
    `CREATE SCHEMA "Odd.Schema"; CREATE TYPE "Odd.Schema"."User" AS ENUM ('a.b', 'c"d'); CREATE VIEW "Odd.Schema"."a b.c" AS SELECT 'a.b'::"Odd.Schema"."User" AS "x.y"`,
    `CREATE SCHEMA "Odd.Schema" AUTHORIZATION reader; CREATE FUNCTION "Odd.Schema"."Do it"("An Arg" int) RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION "Odd.Schema"."Do it"(int) TO reader`,
  ),
  public: slot(
    'public.sql',
    `COMMENT ON SCHEMA public IS 'open'`,
    'GRANT CREATE ON SCHEMA public TO reader',
    'REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO reader',
  ),
  dictionary: base(
    slot(
      'dictionary.sql',
      'CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple)',
      `CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple, STOPWORDS = english); COMMENT ON TEXT SEARCH DICTIONARY app.words IS 'w'`,
      'CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple, ACCEPT = false); ALTER TEXT SEARCH DICTIONARY app.words OWNER TO reader',
      'CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = snowball, LANGUAGE = english)',
      needs(['template'], 'CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = app.plain)'),
    ),
  ),
  configuration: base(
    slot(
      'configuration.sql',
      'CREATE TEXT SEARCH CONFIGURATION app.search (COPY = simple)',
      `CREATE TEXT SEARCH CONFIGURATION app.search (COPY = english); COMMENT ON TEXT SEARCH CONFIGURATION app.search IS 's'`,
      needs(
        ['dictionary'],
        'CREATE TEXT SEARCH CONFIGURATION app.search (COPY = simple); ALTER TEXT SEARCH CONFIGURATION app.search ALTER MAPPING FOR word WITH app.words, simple; ALTER TEXT SEARCH CONFIGURATION app.search OWNER TO reader',
      ),
      'CREATE TEXT SEARCH CONFIGURATION app.search (COPY = simple); ALTER TEXT SEARCH CONFIGURATION app.search DROP MAPPING FOR word',
      needs(['parser'], 'CREATE TEXT SEARCH CONFIGURATION app.search (PARSER = app.reader)'),
    ),
  ),
  'configuration use': slot(
    'configuration_use.sql',
    needs(['configuration'], `CREATE VIEW app.found AS SELECT to_tsvector('app.search'::regconfig, 'a') AS words`),
    needs(
      ['configuration'],
      `CREATE TABLE app.found (t text, v tsvector GENERATED ALWAYS AS (to_tsvector('app.search'::regconfig, t)) STORED); CREATE INDEX ON app.found USING gin (v)`,
    ),
  ),
  parser: slot(
    'parser.sql',
    parser(''),
    parser(', HEADLINE = prsd_headline'),
    `${parser('')}; COMMENT ON TEXT SEARCH PARSER app.reader IS 'p'`,
  ),
  template: slot(
    'template.sql',
    'CREATE TEXT SEARCH TEMPLATE app.plain (LEXIZE = dsimple_lexize)',
    'CREATE TEXT SEARCH TEMPLATE app.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize)',
  ),
  publication: slot(
    'publication.sql',
    'CREATE PUBLICATION news',
    `CREATE PUBLICATION news WITH (publish = 'insert, delete'); COMMENT ON PUBLICATION news IS 'n'`,
    'CREATE PUBLICATION news FOR TABLES IN SCHEMA app',
    'CREATE PUBLICATION news FOR ALL TABLES WITH (publish_via_partition_root)',
    since(18, 'CREATE PUBLICATION news FOR TABLES IN SCHEMA app, public WITH (publish_generated_columns = stored)'),
    published([USERS], `CREATE PUBLICATION news FOR TABLE public.users WHERE (id IS NOT NULL) WITH (publish = 'insert')`),
    published([USERS], `CREATE PUBLICATION news FOR TABLE public.users (id) WITH (publish = 'insert')`),
    published(
      [USERS, 'public.users a'],
      `CREATE PUBLICATION news FOR TABLE public.users (a, id) WHERE (id IS NOT NULL) WITH (publish = 'insert')`,
    ),
    published([USERS, 'app."select" kind'], `CREATE PUBLICATION news FOR TABLE public.users, app."select" WITH (publish = 'insert')`),
  ),
  'other publication': slot(
    'other_publication.sql',
    published([USERS], 'CREATE PUBLICATION "Other News" FOR TABLE public.users'),
    published([USERS], 'CREATE PUBLICATION "Other News" FOR TABLE public.users, TABLES IN SCHEMA app'),
    'CREATE PUBLICATION "Other News"; ALTER PUBLICATION "Other News" OWNER TO reader',
  ),
  wrapper: base(
    slot(
      'wrapper.sql',
      'CREATE FOREIGN DATA WRAPPER far',
      `CREATE FOREIGN DATA WRAPPER far OPTIONS (debug 'true', "Odd" 'it''s')`,
      'CREATE FOREIGN DATA WRAPPER far VALIDATOR postgresql_fdw_validator',
      `CREATE FOREIGN DATA WRAPPER far; COMMENT ON FOREIGN DATA WRAPPER far IS 'f'; GRANT USAGE ON FOREIGN DATA WRAPPER far TO reader`,
    ),
  ),
  server: base(
    slot(
      'server.sql',
      needs(['wrapper'], `CREATE SERVER away FOREIGN DATA WRAPPER far OPTIONS (host 'h')`),
      needs(['wrapper'], `CREATE SERVER away VERSION '2' FOREIGN DATA WRAPPER far OPTIONS (host 'i', port '1')`),
      needs(['wrapper'], `CREATE SERVER away TYPE 't' FOREIGN DATA WRAPPER far`),
      needs(
        ['wrapper'],
        `CREATE SERVER away FOREIGN DATA WRAPPER far; GRANT USAGE ON FOREIGN SERVER away TO reader; COMMENT ON SERVER away IS 'a'`,
      ),
    ),
  ),
  'user mapping': slot(
    'user_mapping.sql',
    needs(['server'], `CREATE USER MAPPING FOR reader SERVER away OPTIONS ("user" 'u')`),
    needs(['server'], `CREATE USER MAPPING FOR reader SERVER away OPTIONS ("user" 'v', password 'p')`),
    needs(['server'], 'CREATE USER MAPPING FOR PUBLIC SERVER away'),
  ),
  'foreign table': slot(
    'foreign_table.sql',
    far([], `CREATE FOREIGN TABLE app.there (a int OPTIONS (n 'x')) SERVER away OPTIONS (t 'a')`),
    far([], `CREATE FOREIGN TABLE app.there (a int OPTIONS (n 'y', m 'z') NOT NULL, b text DEFAULT 'b') SERVER away`),
    far(
      [],
      `CREATE FOREIGN TABLE app.there (a bigint, b text COLLATE "C", CHECK (a > 0)) SERVER away OPTIONS (t 'b', s 'c'); COMMENT ON FOREIGN TABLE app.there IS 't'; GRANT SELECT ON app.there TO reader`,
    ),
    far([], 'CREATE FOREIGN TABLE app.there (a int) SERVER away; CREATE VIEW app.here AS SELECT a FROM app.there'),
    far(
      ['touch'],
      'CREATE FOREIGN TABLE app.there (a int) SERVER away; CREATE TRIGGER touched BEFORE INSERT ON app.there FOR EACH ROW EXECUTE FUNCTION app.touch()',
    ),
    far(
      ['mood'],
      `CREATE FOREIGN TABLE app.there (a app.mood, b app.mood DEFAULT 'ok') SERVER away; ALTER FOREIGN TABLE app.there OWNER TO reader`,
    ),
  ),
  'event trigger': slot(
    'event_trigger.sql',
    `${watch}; CREATE EVENT TRIGGER watched ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION app.watch()`,
    `${watch}; CREATE EVENT TRIGGER watched ON sql_drop EXECUTE FUNCTION app.watch(); ALTER EVENT TRIGGER watched DISABLE`,
    `${watch}; CREATE EVENT TRIGGER watched ON sql_drop EXECUTE FUNCTION app.watch(); COMMENT ON EVENT TRIGGER watched IS 'w'`,
  ),
  'default privileges': slot(
    'default_privileges.sql',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader',
    'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO reader',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO reader WITH GRANT OPTION',
    'ALTER DEFAULT PRIVILEGES FOR ROLE reader GRANT USAGE ON TYPES TO PUBLIC; ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader',
  ),
  language: base(
    slot(
      'language.sql',
      'CREATE LANGUAGE own HANDLER plpgsql_call_handler',
      `CREATE TRUSTED LANGUAGE own HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler; COMMENT ON LANGUAGE own IS 'o'`,
      'CREATE TRUSTED LANGUAGE own HANDLER plpgsql_call_handler; GRANT USAGE ON LANGUAGE own TO reader; REVOKE USAGE ON LANGUAGE own FROM PUBLIC',
    ),
  ),
  transform: slot(
    'transform.sql',
    needs(['language'], 'CREATE TRANSFORM FOR int LANGUAGE own (FROM SQL WITH FUNCTION varchar_support(internal))'),
    needs(
      ['language'],
      `CREATE TRANSFORM FOR int LANGUAGE own (FROM SQL WITH FUNCTION numeric_support(internal)); COMMENT ON TRANSFORM FOR int LANGUAGE own IS 't'`,
    ),
  ),
  conversion: slot(
    'conversion.sql',
    `CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
    `CREATE DEFAULT CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
    `CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; COMMENT ON CONVERSION app.latin IS 'l'; ALTER CONVERSION app.latin OWNER TO reader`,
  ),
  'access method': slot(
    'access_method.sql',
    'CREATE ACCESS METHOD heaps TYPE TABLE HANDLER heap_tableam_handler',
    `CREATE ACCESS METHOD heaps TYPE TABLE HANDLER heap_tableam_handler; COMMENT ON ACCESS METHOD heaps IS 'h'`,
    'CREATE ACCESS METHOD heaps TYPE INDEX HANDLER bthandler',
  ),
  extension: slot('extension.sql', extension(''), extension(' SCHEMA app'), extension('; CREATE TABLE app.loose (t citext PRIMARY KEY)')),
};
