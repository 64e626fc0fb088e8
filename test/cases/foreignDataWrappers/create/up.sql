CREATE FOREIGN DATA WRAPPER "w" OPTIONS ("a" '1', "debug" 'true');
