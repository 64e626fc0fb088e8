CREATE TABLE posts (title text, id serial, number int);
ALTER TABLE posts OWNER TO editor;
CREATE SEQUENCE free_numbers;
ALTER SEQUENCE free_numbers OWNER TO editor;
ALTER SEQUENCE free_numbers OWNED BY posts.number;
