CREATE TABLE posts (id int, n int);
GRANT SELECT ON posts TO reader;
GRANT SELECT (id), UPDATE (n) ON posts TO reader;
CREATE TABLE notes (id int);
GRANT SELECT, INSERT ON notes TO reader WITH GRANT OPTION;
GRANT SELECT (id) ON notes TO reader WITH GRANT OPTION;
