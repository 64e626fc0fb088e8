CREATE TYPE pair AS (x int, y text, z int);
CREATE TABLE t (p pair);
