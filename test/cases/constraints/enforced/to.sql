CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (
  author int CONSTRAINT posts_author REFERENCES users NOT ENFORCED,
  editor int CONSTRAINT posts_editor REFERENCES users DEFERRABLE INITIALLY DEFERRED,
  reader int,
  CONSTRAINT known CHECK (author > 0),
  CONSTRAINT other CHECK (editor > 0) NOT ENFORCED
);
ALTER TABLE posts ADD CONSTRAINT posts_reader FOREIGN KEY (reader) REFERENCES users NOT VALID;
COMMENT ON CONSTRAINT known ON posts IS 'not looked at';
CREATE TABLE drafts (id int PRIMARY KEY, CONSTRAINT small CHECK (id < 9) NOT ENFORCED);
