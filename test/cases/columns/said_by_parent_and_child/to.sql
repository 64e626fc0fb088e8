CREATE TABLE animals (id integer);
CREATE TABLE dogs () INHERITS (animals);
CREATE TABLE cats () INHERITS (animals);
