CREATE TABLE animals (id integer, name text);
CREATE TABLE dogs () INHERITS (animals);
CREATE TABLE puppies () INHERITS (dogs);
