CREATE TABLE posts (id int, n int);
GRANT SELECT (id, n) ON posts TO reader WITH GRANT OPTION;
