CREATE TYPE later;
-- PostgreSQL makes the shell of its own accord.
CREATE FUNCTION number_in(cstring) RETURNS number STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
CREATE FUNCTION number_out(number) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out';
CREATE TYPE number;
CREATE TYPE public.number (INTERNALLENGTH = 4, INPUT = number_in, OUTPUT = number_out, PASSEDBYVALUE, ALIGNMENT = int4, STORAGE = plain, CATEGORY = 'U', DELIMITER = ',');
