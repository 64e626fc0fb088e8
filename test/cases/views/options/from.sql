CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW v WITH (security_barrier) AS SELECT 1 AS a;
