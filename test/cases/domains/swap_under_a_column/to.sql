CREATE DOMAIN email AS varchar(80) COLLATE "C" CHECK (VALUE ~ '@');
CREATE TABLE a (m email DEFAULT 'x@y', ms email[]);
CREATE VIEW v AS SELECT m FROM a;
