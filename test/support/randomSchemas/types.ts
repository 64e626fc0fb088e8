import { base, needs, type Slots, slot, type Version } from './slots.ts';

const sequence = (options: string): string => `CREATE SEQUENCE app.numbers${options}`;

/** PostgreSQL wants both to belong to the same role. */
const ownedBy =
  (column: string): Version =>
  ({ at }) =>
    at('public.users kind') !== '' && at('public.users owner') === ''
      ? `CREATE SEQUENCE public.numbers OWNED BY public.users.${column}`
      : '';

const internal = (name: string): string => `IMMUTABLE STRICT LANGUAGE internal AS '${name}'`;

/** A base type with its functions. */
const word = ({ options = '', more = [] }: { readonly options?: string; readonly more?: readonly string[] } = {}): string =>
  [
    'CREATE TYPE app.word',
    `CREATE FUNCTION app.word_in(cstring) RETURNS app.word ${internal('textin')}`,
    `CREATE FUNCTION app.word_out(app.word) RETURNS cstring ${internal('textout')}`,
    ...more.map((routine) => `CREATE FUNCTION ${routine}`),
    `CREATE TYPE app.word (INPUT = app.word_in, OUTPUT = app.word_out${options})`,
  ].join('; ');

/** Nothing can be of a shell. */
const isDefined =
  (version: string): Version =>
  ({ at }) =>
    at('word').includes('INPUT') ? version : '';

/** Types, collations and sequences. */
export const TYPE_SLOTS: Slots = {
  mood: base(
    slot(
      'mood.sql',
      `CREATE TYPE app.mood AS ENUM ('sad', 'ok')`,
      `CREATE TYPE app.mood AS ENUM ('sad', 'so so', 'ok', 'happy')`,
      `CREATE TYPE app.mood AS ENUM ('ok', 'sad'); COMMENT ON TYPE app.mood IS 'm'`,
      `CREATE TYPE app.mood AS ENUM ('ok'); GRANT USAGE ON TYPE app.mood TO reader; REVOKE USAGE ON TYPE app.mood FROM PUBLIC`,
      `CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'it''s'); ALTER TYPE app.mood OWNER TO reader`,
    ),
  ),
  'mood domain': slot(
    'mood_domain.sql',
    needs(['mood'], `CREATE DOMAIN app.good_mood AS app.mood CHECK (VALUE <> 'ok' OR VALUE IS NOT NULL)`),
    needs(['mood'], `CREATE DOMAIN app.good_mood AS app.mood DEFAULT 'ok'; COMMENT ON DOMAIN app.good_mood IS 'g'`),
    needs(['mood'], `CREATE DOMAIN app.good_mood AS app.mood[]`),
    `CREATE DOMAIN app.good_mood AS text`,
  ),
  mail: base(
    slot(
      'mail.sql',
      `CREATE DOMAIN public.mail AS text CHECK (VALUE <> '')`,
      `CREATE DOMAIN public.mail AS text CHECK (VALUE <> ''); COMMENT ON CONSTRAINT mail_check ON DOMAIN public.mail IS 'not empty'; GRANT USAGE ON TYPE public.mail TO reader`,
      `CREATE DOMAIN public.mail AS text NOT NULL DEFAULT 'x' CONSTRAINT "has at" CHECK (VALUE LIKE '%@%')`,
      `CREATE DOMAIN public.mail AS text DEFAULT 'y@'; ALTER DOMAIN public.mail ADD CONSTRAINT "has at" CHECK (VALUE LIKE '%@%') NOT VALID`,
      `CREATE DOMAIN public.mail AS varchar(50) COLLATE "C"`,
      needs(['sound'], `CREATE DOMAIN public.mail AS text CHECK (app.sound(VALUE)); ALTER DOMAIN public.mail OWNER TO reader`),
    ),
  ),
  'work mail': slot(
    'work_mail.sql',
    needs(['mail'], `CREATE DOMAIN app."Work.Mail" AS public.mail CHECK (VALUE LIKE '%work%')`),
    needs(['mail'], `CREATE DOMAIN app."Work.Mail" AS public.mail DEFAULT 'a@work'`),
    `CREATE DOMAIN app."Work.Mail" AS text`,
    needs(['mail'], `CREATE DOMAIN app."Work.Mail" AS public.mail[]`),
  ),
  pair: base(
    slot(
      'pair.sql',
      `CREATE TYPE public.pair AS (a int, b text)`,
      `CREATE TYPE public.pair AS (a bigint, c text COLLATE "C", b text)`,
      `CREATE TYPE public.pair AS (b text)`,
      `CREATE TYPE public.pair AS (b text, a int, "Odd" numeric(10,2)); COMMENT ON COLUMN public.pair.a IS 'first'; COMMENT ON TYPE public.pair IS 'two'`,
      needs(['mood', 'mail'], `CREATE TYPE public.pair AS (a app.mood, b public.mail); GRANT USAGE ON TYPE public.pair TO reader`),
    ),
  ),
  span: slot(
    'span.sql',
    `CREATE TYPE public.span AS RANGE (SUBTYPE = int)`,
    `CREATE TYPE public.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = public.spans)`,
    `CREATE TYPE public.span AS RANGE (SUBTYPE = text, COLLATION = "C"); COMMENT ON TYPE public.span IS 's'`,
    needs(['mood'], `CREATE TYPE public.span AS RANGE (SUBTYPE = app.mood); ALTER TYPE public.span OWNER TO reader`),
  ),
  collation: slot(
    'collation.sql',
    `CREATE COLLATION app.deep (LOCALE = 'C')`,
    `CREATE COLLATION app.deep (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false)`,
    `CREATE COLLATION app.deep (LOCALE = 'C'); COMMENT ON COLLATION app.deep IS 'd'; ALTER COLLATION app.deep OWNER TO reader`,
  ),
  sequence: base(
    slot(
      'sequence.sql',
      sequence(''),
      sequence(' START 5 INCREMENT 5 MAXVALUE 500'),
      sequence(' AS int CYCLE CACHE 3'),
      sequence(' INCREMENT -1 MINVALUE -100 START -7'),
      sequence("; GRANT USAGE ON SEQUENCE app.numbers TO reader; COMMENT ON SEQUENCE app.numbers IS 'n'"),
      sequence(' AS smallint; ALTER SEQUENCE app.numbers OWNER TO reader'),
    ),
  ),
  'owned sequence': slot('owned_sequence.sql', ownedBy('id'), needs(['public.users a'], ownedBy('a'))),
};

/** Base types with their functions, and what uses them; behind all others, so that a seed goes on making of those what it made before. */
export const BASE_TYPE_SLOTS: Slots = {
  word: base(
    slot(
      'word.sql',
      word(),
      `${word({ options: ', STORAGE = extended' })}; REVOKE EXECUTE ON FUNCTION app.word_in(cstring) FROM PUBLIC`,
      `${word({ options: ', STORAGE = main, ANALYZE = array_typanalyze' })}; COMMENT ON TYPE app.word IS 'w'; COMMENT ON FUNCTION app.word_out(app.word) IS 'o'`,
      word({ options: `, SEND = app.word_send, DEFAULT = 'x'`, more: [`app.word_send(app.word) RETURNS bytea ${internal('textsend')}`] }),
      `${word({ options: `, CATEGORY = 'S', STORAGE = external` })}; ALTER TYPE app.word OWNER TO reader; GRANT USAGE ON TYPE app.word TO reader`,
      'CREATE TYPE app.word',
    ),
  ),
  'word use': slot(
    'word_use.sql',
    isDefined('CREATE DOMAIN app.short_word AS app.word; CREATE TABLE app.words (w app.word, s app.short_word, ws app.word[])'),
    isDefined('CREATE CAST (text AS app.word) WITHOUT FUNCTION; CREATE TABLE app.words (w app.word DEFAULT NULL)'),
    isDefined(
      `CREATE FUNCTION app.same(app.word, app.word) RETURNS boolean ${internal('texteq')}; CREATE OPERATOR app.= (FUNCTION = app.same, LEFTARG = app.word, RIGHTARG = app.word)`,
    ),
  ),
};
