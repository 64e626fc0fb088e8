CREATE TABLE a (v int);
