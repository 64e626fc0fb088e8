CREATE TYPE place AS (city text, street text);
CREATE TABLE animals (id integer, name text);
