CREATE TABLE a (id int, x text);
CREATE TABLE b (id int, x text);
