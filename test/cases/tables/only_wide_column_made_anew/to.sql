CREATE TABLE posts (id bigint, n text GENERATED ALWAYS AS (upper(id::text)) STORED) WITH (toast.autovacuum_enabled = false);
