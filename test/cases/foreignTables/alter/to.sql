CREATE EXTENSION postgres_fdw;
CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;
CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE f (id bigint OPTIONS (column_name 'y'), t text, n int) SERVER s OPTIONS (table_name 'g', schema_name 'h');
