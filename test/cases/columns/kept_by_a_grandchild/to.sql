CREATE TABLE animals (id integer);
CREATE TABLE dogs () INHERITS (animals);
CREATE TABLE puppies (name text) INHERITS (dogs);
