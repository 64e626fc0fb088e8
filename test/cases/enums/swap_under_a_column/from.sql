CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE a (m mood DEFAULT 'ok' NOT NULL, ms mood[]);
CREATE INDEX ON a (m);
CREATE VIEW v AS SELECT m FROM a WHERE m > 'sad';
CREATE FUNCTION f(m mood) RETURNS mood LANGUAGE sql AS 'SELECT m';
