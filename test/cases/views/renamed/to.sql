CREATE TABLE posts (id int, title text);
-- @renamed from=titles
CREATE VIEW headlines AS SELECT title FROM posts;
-- @renamed from=lengths
CREATE MATERIALIZED VIEW sizes AS SELECT length(title) AS length FROM headlines;
-- @renamed from=lengths_length
CREATE INDEX sizes_length ON sizes (length);
COMMENT ON VIEW headlines IS 'to read';
