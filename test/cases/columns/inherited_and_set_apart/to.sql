CREATE TYPE place AS (city text, street text);
CREATE TABLE animals (id integer, name text);
CREATE TABLE dogs (tail integer) INHERITS (animals);
ALTER TABLE dogs ALTER COLUMN id SET NOT NULL, ALTER COLUMN name SET STATISTICS 500, ALTER COLUMN name SET DEFAULT 'Rex';
CREATE TABLE homes OF place (city WITH OPTIONS NOT NULL DEFAULT 'Rome');
ALTER TABLE homes ALTER COLUMN street SET STORAGE EXTERNAL;
