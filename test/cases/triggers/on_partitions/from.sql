CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
