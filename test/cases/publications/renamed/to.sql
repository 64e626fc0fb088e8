CREATE TABLE posts (id int PRIMARY KEY);
-- @renamed from=news
CREATE PUBLICATION updates FOR TABLE posts;
