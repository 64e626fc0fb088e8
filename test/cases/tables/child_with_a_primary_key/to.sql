CREATE TABLE records (id int, title text);
CREATE TABLE notes (PRIMARY KEY (id)) INHERITS (records);
CREATE TABLE letters (CONSTRAINT titled PRIMARY KEY (title), id int NOT NULL) INHERITS (records);
