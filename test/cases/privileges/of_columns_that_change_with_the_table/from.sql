CREATE TABLE posts (id int, n int);
GRANT SELECT ON posts TO reader;
GRANT SELECT (id), INSERT (id) ON posts TO reader;
