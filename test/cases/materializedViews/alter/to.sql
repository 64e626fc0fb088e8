CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE MATERIALIZED VIEW names WITH (fillfactor = 70) AS SELECT name, count(*) FROM users GROUP BY name;
CREATE UNIQUE INDEX names_name ON names (name);
