CREATE TABLE posts (id int, n text);
CREATE STATISTICS s ON id, n FROM posts;
ALTER STATISTICS s OWNER TO editor;
