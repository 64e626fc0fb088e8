CREATE TYPE span AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = spans);
CREATE TYPE "Day range" AS RANGE (SUBTYPE = date, MULTIRANGE_TYPE_NAME = "Days");
CREATE TABLE plans (during span, never spans DEFAULT spans(span(1, 2)), days "Day range");
COMMENT ON TYPE span IS 'from and to';
