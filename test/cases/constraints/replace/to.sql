CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int, author int REFERENCES users ON DELETE SET NULL, title text UNIQUE NULLS NOT DISTINCT, CONSTRAINT positive CHECK (id > 1), PRIMARY KEY (id, author));
