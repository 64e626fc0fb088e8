CREATE TYPE person AS (id int, name text);
CREATE TABLE people (id int PRIMARY KEY, name text DEFAULT 'x', born date);
CREATE TABLE others OF person (id NOT NULL);
GRANT SELECT ON others TO reader;
