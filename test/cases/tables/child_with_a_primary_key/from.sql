CREATE TABLE records (id int, title text);
