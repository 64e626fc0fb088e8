CREATE SEQUENCE notes_id_seq;
CREATE TABLE notes (id integer DEFAULT nextval('notes_id_seq') PRIMARY KEY);
CREATE SEQUENCE shared;
CREATE TABLE lists (place integer DEFAULT nextval('shared'));
