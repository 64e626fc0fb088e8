CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (
  author int CONSTRAINT posts_author REFERENCES users,
  editor int CONSTRAINT posts_editor REFERENCES users NOT ENFORCED,
  reader int CONSTRAINT posts_reader REFERENCES users NOT ENFORCED,
  late int CONSTRAINT posts_late REFERENCES users DEFERRABLE INITIALLY DEFERRED NOT ENFORCED,
  CONSTRAINT known CHECK (author > 0) NOT ENFORCED,
  CONSTRAINT other CHECK (editor > 0)
);
COMMENT ON CONSTRAINT known ON posts IS 'not looked at';
