CREATE TABLE posts (id int);
GRANT SELECT ON posts TO reader;
