CREATE TABLE posts (id int, title text, at date);
CREATE VIEW recent WITH (security_barrier) AS SELECT * FROM posts WHERE at > now() - interval '1 day';
CREATE MATERIALIZED VIEW titles AS SELECT DISTINCT title FROM posts;
CREATE INDEX titles_title ON titles (title);
CREATE RULE no_delete AS ON DELETE TO posts DO INSTEAD NOTHING;
COMMENT ON COLUMN recent.title IS 'its title';
