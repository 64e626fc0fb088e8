CREATE TABLE users (id int PRIMARY KEY, name text, born date);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
