CREATE TABLE posts (id int PRIMARY KEY, title text);
ALTER TABLE posts OWNER TO "the author";
CREATE TABLE notes (id serial PRIMARY KEY);
ALTER TABLE notes OWNER TO editor;
CREATE SCHEMA app AUTHORIZATION editor;
CREATE VIEW titles AS SELECT title FROM posts;
ALTER VIEW titles OWNER TO editor;
GRANT SELECT ON titles TO reader;
