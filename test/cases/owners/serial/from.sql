CREATE TABLE posts (title text);
ALTER TABLE posts OWNER TO editor;
CREATE SEQUENCE free_numbers;
