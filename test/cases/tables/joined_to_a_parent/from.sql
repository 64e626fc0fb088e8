CREATE TABLE records (id bigint NOT NULL, made_at date DEFAULT now(), CONSTRAINT id_positive CHECK (id > 0));
CREATE TABLE notes (body text);
CREATE INDEX notes_body ON notes (body);
