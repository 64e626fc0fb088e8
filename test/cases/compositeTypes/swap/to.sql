CREATE TYPE pair AS (x bigint, y text);
CREATE FUNCTION f() RETURNS pair LANGUAGE sql AS 'SELECT 1, null';
