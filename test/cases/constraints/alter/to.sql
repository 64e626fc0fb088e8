CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY WITH (fillfactor = 70), author int REFERENCES users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, title text UNIQUE, CONSTRAINT positive CHECK (id > 0), EXCLUDE (title WITH =));
ALTER TABLE posts CLUSTER ON posts_title_key;
