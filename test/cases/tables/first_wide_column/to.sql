CREATE TABLE posts (id int, n text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
CREATE TABLE notes (id int) WITH (toast.autovacuum_enabled = false);
