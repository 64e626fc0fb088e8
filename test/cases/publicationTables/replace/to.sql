CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE PUBLICATION p;
ALTER PUBLICATION p ADD TABLE users (id, name) WHERE (id > 5);
