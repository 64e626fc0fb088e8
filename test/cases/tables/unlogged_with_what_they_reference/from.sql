CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE "A" (id int PRIMARY KEY, author int REFERENCES users);
CREATE TABLE posts (id int, a int REFERENCES "A", author int REFERENCES users);
