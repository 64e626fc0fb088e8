CREATE TYPE number;
CREATE FUNCTION number_in(cstring) RETURNS number STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
CREATE FUNCTION number_out(value number) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out';
CREATE TYPE number (INPUT = number_in, OUTPUT = number_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
CREATE TABLE numbers (n number);
