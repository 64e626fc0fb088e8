CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW v (a, b) AS VALUES (1, 'x'), (2, 'y');
