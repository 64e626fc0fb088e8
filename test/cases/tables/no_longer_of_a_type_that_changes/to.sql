CREATE TYPE pair AS (b text);
CREATE TABLE pairs (p pair, ps pair[]);
CREATE VIEW firsts AS SELECT (p).b FROM pairs;
