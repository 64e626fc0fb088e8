CREATE TABLE users (name text);
CREATE TYPE span AS RANGE (SUBTYPE = int);
GRANT SELECT (name) ON users TO reader;
