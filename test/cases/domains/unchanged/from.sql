CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE TYPE app.pair AS (one int, two varchar(5));
CREATE TYPE app.span AS RANGE (subtype = int);
CREATE DOMAIN app.positive AS int NOT NULL DEFAULT 1 CHECK (VALUE > 0);
CREATE COLLATION app.plain (locale = 'C');
CREATE FUNCTION app.to_int(app.mood) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (app.mood AS int) WITH FUNCTION app.to_int(app.mood);
