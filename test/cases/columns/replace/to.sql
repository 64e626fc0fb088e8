CREATE TABLE posts (id int, title text GENERATED ALWAYS AS ('post ' || id) STORED);
