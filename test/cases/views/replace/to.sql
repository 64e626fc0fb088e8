CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW named AS SELECT name, id FROM users;
