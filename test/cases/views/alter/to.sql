CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE VIEW named WITH (security_barrier, check_option = local) AS SELECT id, name, born FROM users WHERE id > 3;
