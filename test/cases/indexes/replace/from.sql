CREATE TABLE posts (id int, title text);
CREATE INDEX by_title ON posts (lower(title) text_pattern_ops DESC) INCLUDE (id) WHERE id > 5;
CREATE UNIQUE INDEX one ON posts USING btree (id) WITH (fillfactor = 80);
