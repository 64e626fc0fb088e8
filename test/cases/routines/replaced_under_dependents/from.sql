CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a * 2';
CREATE TABLE t (a int CHECK (twice(a) > 0), b int DEFAULT twice(3));
CREATE INDEX ON t (twice(a));
CREATE VIEW v AS SELECT twice(a) AS x FROM t;
