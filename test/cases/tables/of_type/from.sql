CREATE TYPE person AS (id int, name text);
CREATE TABLE people OF person (PRIMARY KEY (id), name WITH OPTIONS DEFAULT 'x');
CREATE TABLE others (id int NOT NULL, name text);
GRANT SELECT ON others TO reader;
