CREATE UNLOGGED TABLE t (id int, body text) WITH (fillfactor = 80, toast.autovacuum_enabled = false);
ALTER TABLE ONLY t ALTER COLUMN body SET STORAGE PLAIN;
