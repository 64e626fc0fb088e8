CREATE TYPE later;
COMMENT ON TYPE later IS 'to be defined';
ALTER TYPE later OWNER TO reader;
CREATE FUNCTION make_later(cstring) RETURNS later STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
