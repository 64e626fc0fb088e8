CREATE DOMAIN mail AS text CHECK (VALUE <> '');
CREATE FUNCTION sound(value anyelement, strict boolean DEFAULT false) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE TABLE users (id int PRIMARY KEY, a boolean GENERATED ALWAYS AS (sound(id)) STORED);
