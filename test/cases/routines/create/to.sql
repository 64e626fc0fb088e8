CREATE FUNCTION add(a int, b int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + b $$;
CREATE PROCEDURE work(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
