CREATE TABLE animals (id integer, name text NOT NULL, CONSTRAINT named CHECK (name <> ''));
CREATE TABLE dogs (name text, CONSTRAINT named CHECK (name <> '')) INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
