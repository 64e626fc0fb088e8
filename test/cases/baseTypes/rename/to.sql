CREATE SCHEMA app;
-- @renamed from=public.number
CREATE TYPE app.amount;
CREATE FUNCTION number_in(cstring) RETURNS app.amount STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
CREATE FUNCTION number_out(app.amount) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out';
CREATE TYPE app.amount (INPUT = number_in, OUTPUT = number_out, LIKE = int4);
CREATE TABLE numbers (n app.amount, ns app.amount[]);
