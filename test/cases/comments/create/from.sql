CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW v AS SELECT id FROM users;
CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0);
CREATE INDEX by_name ON users (name);
