CREATE TABLE a (id int, x text);
CREATE VIEW v AS SELECT id, x FROM a;
