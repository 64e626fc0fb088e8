ALTER FOREIGN DATA WRAPPER "checked" VALIDATOR postgresql_fdw_validator;
ALTER FOREIGN DATA WRAPPER "w" OPTIONS (DROP "a", ADD "b" '2', SET "debug" 'false');
