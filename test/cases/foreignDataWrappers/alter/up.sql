ALTER FOREIGN DATA WRAPPER "w" OPTIONS (DROP "a", ADD "b" '2', SET "debug" 'false');
