CREATE TABLE posts (id int, n int);
