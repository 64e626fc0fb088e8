CREATE TABLE posts (id int, title text);
CREATE INDEX by_title ON posts (lower(title) text_pattern_ops DESC) INCLUDE (id) WHERE id > 5;
ALTER INDEX by_title ALTER COLUMN 1 SET STATISTICS 50;
CREATE UNIQUE INDEX one ON posts USING btree (id) WITH (fillfactor = 90);
ALTER TABLE posts CLUSTER ON one;
