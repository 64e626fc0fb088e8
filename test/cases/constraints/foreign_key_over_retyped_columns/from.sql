CREATE TABLE users (id uuid UNIQUE);
CREATE TABLE posts (id int, author uuid REFERENCES users (id));
