CREATE TABLE users (id int PRIMARY KEY, name varchar(20));
CREATE VIEW names AS SELECT id, name FROM users;
GRANT SELECT, UPDATE ON names TO editor;
CREATE RULE renamed AS ON UPDATE TO names DO INSTEAD UPDATE users SET name = new.name WHERE id = old.id;
COMMENT ON RULE renamed ON names IS 'writes through';
