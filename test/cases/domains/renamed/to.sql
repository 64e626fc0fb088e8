-- @renamed from=mood
CREATE TYPE feeling AS ENUM (
  'unhappy', -- @renamed from=sad
  'ok',
  'glad'
);
-- @renamed from=pair
CREATE TYPE couple AS (
  first int, -- @renamed from=one
  two text
);
-- @renamed from=span
CREATE TYPE extent AS RANGE (subtype = float8, multirange_type_name = span_multirange);
-- @renamed from=positive
CREATE DOMAIN "natural" AS int CONSTRAINT positive_check CHECK (VALUE > 0);
-- @renamed from=plain
CREATE COLLATION simple (locale = 'C');
CREATE TABLE days (mood feeling DEFAULT 'ok', pair couple, span extent, number "natural", title text COLLATE simple);
GRANT USAGE ON TYPE feeling TO reader;
