CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE STATISTICS st (ndistinct) ON id, name FROM users;
