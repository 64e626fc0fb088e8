CREATE TABLE t (id int, body text) WITH (toast.autovacuum_enabled = false);
ALTER TABLE ONLY t ALTER COLUMN body SET STORAGE PLAIN;
