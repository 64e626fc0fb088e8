CREATE TABLE users (id bigint PRIMARY KEY, ref bigint REFERENCES users (id), n int, UNIQUE (n, id) DEFERRABLE);
ALTER TABLE users DISABLE TRIGGER ALL;
