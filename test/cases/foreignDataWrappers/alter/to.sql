CREATE FOREIGN DATA WRAPPER w OPTIONS (debug 'false', b '2');
CREATE FOREIGN DATA WRAPPER checked VALIDATOR postgresql_fdw_validator;
