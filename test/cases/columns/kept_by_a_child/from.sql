CREATE TABLE animals (id integer, name text, size integer CONSTRAINT sane CHECK (size > 0));
CREATE TABLE dogs () INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
CREATE TABLE puppies () INHERITS (dogs);
