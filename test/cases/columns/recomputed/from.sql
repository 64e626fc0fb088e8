CREATE TABLE people (name text, full_name text GENERATED ALWAYS AS (name) STORED, other text);
CREATE INDEX people_by_name ON people (full_name);
COMMENT ON COLUMN people.full_name IS 'as on the door';
GRANT SELECT (full_name) ON people TO reader;
CREATE VIEW doors AS SELECT full_name FROM people;
