CREATE TYPE span AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = spans);
COMMENT ON TYPE span IS 'from and to';
GRANT USAGE ON TYPE span TO reader;
CREATE FUNCTION width(span) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT upper($1) - lower($1)';
