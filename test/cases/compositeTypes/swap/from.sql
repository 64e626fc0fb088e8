CREATE TYPE pair AS (x int, y text);
CREATE FUNCTION f() RETURNS pair LANGUAGE sql AS 'SELECT 1, null';
