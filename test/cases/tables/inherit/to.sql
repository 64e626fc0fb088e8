CREATE TABLE a (id int, x text);
CREATE TABLE b () INHERITS (a);
