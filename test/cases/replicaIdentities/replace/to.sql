CREATE TABLE posts (id int NOT NULL, at date NOT NULL);
CREATE UNIQUE INDEX posts_once ON posts (id, at);
ALTER TABLE posts REPLICA IDENTITY USING INDEX posts_once;
COMMENT ON INDEX posts_once IS 'what replicas know them by';
