CREATE TABLE posts (id int, title text);
