CREATE TYPE person AS (name text, email text);
CREATE TABLE people OF person (email WITH OPTIONS NOT NULL DEFAULT 'none');
CREATE VIEW addresses AS SELECT people.email FROM people;
