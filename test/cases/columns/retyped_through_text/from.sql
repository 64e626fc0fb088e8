CREATE TABLE a (v json);
