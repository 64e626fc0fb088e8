CREATE TABLE posts (id int, title text);
CREATE VIEW titles AS SELECT title FROM posts;
CREATE MATERIALIZED VIEW lengths AS SELECT length(title) AS length FROM titles;
CREATE INDEX lengths_length ON lengths (length);
COMMENT ON VIEW titles IS 'to read';
