CREATE TABLE entries (id bigint NOT NULL, CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE notes (body text) INHERITS (entries);
CREATE VIEW long_notes AS SELECT id, body FROM notes WHERE length(body) > 100;
