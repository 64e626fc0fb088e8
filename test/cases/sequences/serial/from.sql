CREATE TABLE a (t text);
