CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW named AS SELECT id, name FROM users;
