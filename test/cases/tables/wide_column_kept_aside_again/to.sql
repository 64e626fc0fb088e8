CREATE TABLE posts (id int, n text, m int) WITH (toast.autovacuum_enabled = false);
