CREATE TYPE pair AS (a int);
CREATE TYPE other AS (a bigint, c date);
CREATE TYPE third AS (a int, b text, d date);
CREATE TABLE posts OF other (PRIMARY KEY (a));
CREATE TABLE notes OF third (b NOT NULL);
CREATE VIEW numbers AS SELECT a FROM posts;
