CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users ON DELETE CASCADE, title text UNIQUE, CONSTRAINT positive CHECK (id > 0) NOT VALID, EXCLUDE (title WITH =));
