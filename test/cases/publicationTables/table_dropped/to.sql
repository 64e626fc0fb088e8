CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE PUBLICATION p;
