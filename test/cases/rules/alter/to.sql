CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE TABLE log (id int);
CREATE RULE watch AS ON INSERT TO users WHERE new.id > 5 DO INSTEAD NOTHING;
ALTER TABLE users DISABLE RULE watch;
