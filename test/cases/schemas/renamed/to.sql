-- @renamed from=app
CREATE SCHEMA blog;
CREATE TABLE blog.posts (id int PRIMARY KEY, title text);
GRANT USAGE ON SCHEMA blog TO reader;
