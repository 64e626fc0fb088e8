CREATE TYPE later;
CREATE FUNCTION later_in(cstring) RETURNS later STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
CREATE FUNCTION later_out(later) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out';
CREATE TYPE later (INPUT = later_in, OUTPUT = later_out, LIKE = int4);
COMMENT ON TYPE later IS 'defined';
ALTER TYPE later OWNER TO reader;
CREATE TABLE t (l later);
