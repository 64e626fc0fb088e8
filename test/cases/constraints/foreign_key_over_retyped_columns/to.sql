CREATE TABLE users (id int UNIQUE);
CREATE TABLE posts (id int, author int REFERENCES users (id));
