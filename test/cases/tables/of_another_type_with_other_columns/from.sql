CREATE TYPE pair AS (a int, b text);
CREATE TYPE other AS (a bigint, c date);
CREATE TABLE posts OF pair (b DEFAULT 'x', PRIMARY KEY (a));
CREATE TABLE notes OF pair;
CREATE VIEW numbers AS SELECT a FROM posts;
