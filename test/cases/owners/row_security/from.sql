CREATE TABLE posts (id int, author name);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts TO author USING (author = current_user);
