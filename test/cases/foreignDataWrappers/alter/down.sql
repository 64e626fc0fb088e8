ALTER FOREIGN DATA WRAPPER "w" OPTIONS (DROP "b", ADD "a" '1', SET "debug" 'true');
