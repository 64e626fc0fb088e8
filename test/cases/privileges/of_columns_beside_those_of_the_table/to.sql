CREATE TABLE posts (id int, n int);
GRANT SELECT (id), UPDATE (n) ON posts TO reader;
CREATE TABLE notes (id int);
GRANT SELECT ON notes TO reader;
GRANT SELECT (id) ON notes TO reader WITH GRANT OPTION;
