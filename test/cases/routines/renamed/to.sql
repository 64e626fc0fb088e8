-- @renamed from=add
CREATE FUNCTION plus(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION plus(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a || b';
-- @renamed from=work
CREATE PROCEDURE labour() LANGUAGE sql AS '';
-- @renamed from=total
CREATE AGGREGATE sum_of(int) (SFUNC = int4pl, STYPE = int);
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
-- @renamed from=seen
CREATE EVENT TRIGGER noticed ON ddl_command_end EXECUTE FUNCTION on_ddl();
-- @renamed from=own
CREATE LANGUAGE mine HANDLER plpgsql_call_handler;
-- @renamed from=odd
CREATE CONVERSION even FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TABLE t (a int DEFAULT plus(1, 2));
GRANT EXECUTE ON FUNCTION plus(int, int) TO reader;
