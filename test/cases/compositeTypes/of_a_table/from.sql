CREATE TYPE person AS (name text, age integer);
CREATE TABLE people OF person;
CREATE INDEX people_age ON people (age);
