CREATE EXTENSION postgres_fdw;
CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE f (id int OPTIONS (column_name 'x') NOT NULL, t text DEFAULT 'a', CONSTRAINT c CHECK (id > 0)) SERVER s OPTIONS (table_name 'f');
