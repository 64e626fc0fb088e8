CREATE TABLE posts (id int, title text);
CREATE INDEX by_title ON posts USING hash (title);
CREATE INDEX one ON posts (id);
