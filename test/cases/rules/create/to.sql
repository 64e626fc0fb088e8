CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE TABLE log (id int);
CREATE RULE watch AS ON INSERT TO users DO ALSO INSERT INTO log VALUES (new.id);
