CREATE TABLE posts (id int, n text GENERATED ALWAYS AS (upper(id::text)) STORED) WITH (toast.autovacuum_enabled = false);
