CREATE TABLE dated (id int, at date);
CREATE TABLE named (id int, name text);
CREATE TABLE numbered (id int, number int);
CREATE TABLE orders () INHERITS (dated, named);
