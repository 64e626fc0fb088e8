CREATE TABLE a (id bigint, t text);
CREATE VIEW v AS SELECT id, t FROM a;
