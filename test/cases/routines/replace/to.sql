CREATE FUNCTION add(x int, b int) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT x::bigint + b $$;
CREATE FUNCTION work(INOUT n int) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
