CREATE FUNCTION sound(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE DOMAIN mail AS text CHECK (sound(VALUE));
CREATE TYPE pair AS (a int, b mail);
CREATE TABLE users (pairs pair);
