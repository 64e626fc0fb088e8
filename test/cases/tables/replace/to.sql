CREATE TABLE posts (id int, title text) PARTITION BY RANGE (id);
