CREATE SCHEMA app;
CREATE TABLE posts (id int PRIMARY KEY, title text, secret text);
CREATE PUBLICATION news FOR TABLE posts (id, title) WHERE (id > 0) WITH (publish = 'insert, delete');
CREATE PUBLICATION apps FOR TABLES IN SCHEMA app;
