CREATE TYPE int8alias;
CREATE FUNCTION int8alias_in(cstring) RETURNS int8alias STRICT IMMUTABLE LANGUAGE internal AS 'int8in';
CREATE FUNCTION int8alias_out(int8alias) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int8out';
CREATE TYPE int8alias (INPUT = int8alias_in, OUTPUT = int8alias_out, LIKE = int8, CATEGORY = 'N', DEFAULT = '7', DELIMITER = ';');
COMMENT ON TYPE int8alias IS 'a number';
COMMENT ON FUNCTION int8alias_in(cstring) IS 'reads it';
REVOKE EXECUTE ON FUNCTION int8alias_out(int8alias) FROM PUBLIC;
CREATE CAST (bigint AS int8alias) WITHOUT FUNCTION;
CREATE FUNCTION int8alias_eq(int8alias, int8alias) RETURNS boolean STRICT IMMUTABLE LANGUAGE internal AS 'int8eq';
CREATE OPERATOR = (FUNCTION = int8alias_eq, LEFTARG = int8alias, RIGHTARG = int8alias, COMMUTATOR = =);
CREATE TABLE counters (n int8alias, past int8alias[] DEFAULT '{}');
-- A type of pieces that can be taken by their number.
CREATE TYPE pieces;
CREATE FUNCTION pieces_in(cstring, oid, integer) RETURNS pieces STRICT IMMUTABLE LANGUAGE internal AS 'varcharin';
CREATE FUNCTION pieces_out(pieces) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'varcharout';
CREATE FUNCTION pieces_recv(internal, oid, integer) RETURNS pieces STRICT IMMUTABLE LANGUAGE internal AS 'varcharrecv';
CREATE FUNCTION pieces_send(pieces) RETURNS bytea STRICT IMMUTABLE LANGUAGE internal AS 'varcharsend';
CREATE TYPE pieces (INPUT = pieces_in, OUTPUT = pieces_out, RECEIVE = pieces_recv, SEND = pieces_send,
  TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, STORAGE = extended, PREFERRED = true, COLLATABLE = true, CATEGORY = 'p');
CREATE TYPE point4;
CREATE FUNCTION point4_in(cstring) RETURNS point4 STRICT IMMUTABLE LANGUAGE internal AS 'point_in';
CREATE FUNCTION point4_out(point4) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'point_out';
CREATE TYPE point4 (INPUT = point4_in, OUTPUT = point4_out, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = float8, SUBSCRIPT = raw_array_subscript_handler);
