CREATE TABLE a (id int, t text);
CREATE VIEW v AS SELECT id, t FROM a;
