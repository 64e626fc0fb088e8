CREATE TYPE mood AS ENUM ('sad', 'ok');
ALTER TYPE mood OWNER TO editor;
CREATE TABLE posts (id int PRIMARY KEY, title text);
