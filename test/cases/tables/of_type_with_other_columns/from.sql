CREATE TYPE person AS (id int, name text);
CREATE TABLE people (name text, id int);
GRANT SELECT ON people TO reader;
CREATE VIEW names AS SELECT name FROM people;
CREATE TABLE staff OF person (name WITH OPTIONS DEFAULT 'x', PRIMARY KEY (id));
CREATE VIEW staff_names AS SELECT name FROM staff;
