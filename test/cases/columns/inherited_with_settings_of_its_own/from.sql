CREATE TABLE records (id int);
CREATE TABLE notes (body text) INHERITS (records);
