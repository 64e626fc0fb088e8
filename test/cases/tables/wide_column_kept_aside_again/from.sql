CREATE TABLE posts (id int, n text, m bigint);
ALTER TABLE posts ALTER n SET STORAGE PLAIN;
