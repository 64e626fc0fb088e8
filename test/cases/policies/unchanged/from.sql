CREATE TABLE posts (id int, author text);
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (author = current_user);
GRANT SELECT, INSERT ON posts TO reader, editor;
GRANT UPDATE (author) ON posts TO editor;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
