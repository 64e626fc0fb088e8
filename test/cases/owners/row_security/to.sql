CREATE TABLE posts (id int, author name);
ALTER TABLE posts OWNER TO author;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
ALTER TABLE posts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON posts TO author USING (author = current_user AND id > 0);
GRANT UPDATE ON posts TO CURRENT_USER;
