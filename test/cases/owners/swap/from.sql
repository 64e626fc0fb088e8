CREATE TYPE mood AS ENUM ('sad', 'fine', 'ok');
ALTER TYPE mood OWNER TO editor;
GRANT USAGE ON TYPE mood TO reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
CREATE TABLE posts (id int, mood mood DEFAULT 'ok');
ALTER TABLE posts OWNER TO author;
CREATE FUNCTION worst() RETURNS mood LANGUAGE sql AS $$ SELECT 'sad'::mood $$;
ALTER FUNCTION worst() OWNER TO editor;
