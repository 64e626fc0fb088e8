CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE TABLE log (id int);
