CREATE TABLE posts (id int PRIMARY KEY, title text);
ALTER TABLE posts OWNER TO editor;
CREATE TABLE notes (id serial PRIMARY KEY);
ALTER TABLE notes OWNER TO editor;
