CREATE FUNCTION add(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION text_of(a int) RETURNS text LANGUAGE sql AS 'SELECT a::text';
CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int, FINALFUNC = text_of);
