CREATE TABLE posts (id int NOT NULL, t text);
CREATE UNIQUE INDEX one ON posts (id);
