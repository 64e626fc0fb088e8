CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE pair AS (one int, two text);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE COLLATION plain (locale = 'C');
CREATE TABLE days (mood mood DEFAULT 'ok', pair pair, span span, number positive, title text COLLATE plain);
GRANT USAGE ON TYPE mood TO reader;
