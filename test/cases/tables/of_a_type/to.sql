CREATE TYPE pair AS (b text, a bigint);
CREATE TABLE pairs OF pair (b NOT NULL DEFAULT 'x', UNIQUE (b));
CREATE TABLE more_pairs OF pair (a NOT NULL, b DEFAULT 'y');
