CREATE FUNCTION sound(value anyelement, strict boolean DEFAULT false) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE TABLE posts (id int PRIMARY KEY, n boolean GENERATED ALWAYS AS (sound(id)) STORED);
CREATE TABLE users (id int PRIMARY KEY, n bigint);
