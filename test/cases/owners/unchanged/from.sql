CREATE TABLE posts (id int PRIMARY KEY, title text);
ALTER TABLE posts OWNER TO postgres;
SET ROLE editor;
CREATE DOMAIN pg_temp.passing AS int;
RESET ROLE;
CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood OWNER TO editor;
