CREATE TYPE pair AS (b text);
CREATE TABLE pairs OF pair (UNIQUE (b));
