CREATE TABLE animals (id integer, size integer);
CREATE TABLE dogs (name text, CONSTRAINT sane CHECK (size > 0)) INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
CREATE TABLE puppies () INHERITS (dogs);
