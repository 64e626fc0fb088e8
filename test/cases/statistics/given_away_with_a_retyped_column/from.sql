CREATE TABLE posts (id int, n int);
CREATE STATISTICS s ON id, n FROM posts;
