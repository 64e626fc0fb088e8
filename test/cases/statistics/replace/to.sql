CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE STATISTICS st (mcv) ON id, lower(name) FROM users;
