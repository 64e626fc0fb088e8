CREATE TABLE users (id int PRIMARY KEY, name text, born date);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users TO reader, writer USING (name = SESSION_USER) WITH CHECK (id > 0);
