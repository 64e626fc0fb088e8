CREATE TYPE span AS RANGE (SUBTYPE = float8);
CREATE TYPE "Day range" AS RANGE (SUBTYPE = date);
CREATE TABLE plans (during span, never span_multirange DEFAULT span_multirange(span(1, 2)), days "Day range");
COMMENT ON TYPE span IS 'from and to';
