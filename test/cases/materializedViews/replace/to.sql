CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE MATERIALIZED VIEW names AS SELECT name, max(id) FROM users GROUP BY name;
CREATE UNIQUE INDEX names_name ON names (name);
