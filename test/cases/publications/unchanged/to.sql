CREATE SCHEMA app;
CREATE TABLE posts (id int PRIMARY KEY, title text, secret text);
CREATE PUBLICATION news;
ALTER PUBLICATION news SET (publish = 'delete,insert', publish_via_partition_root = off);
ALTER PUBLICATION news ADD TABLE ONLY public.posts (title, id) WHERE ((id > 0));
CREATE PUBLICATION apps WITH (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION apps ADD TABLES IN SCHEMA app, public;
ALTER PUBLICATION apps DROP TABLES IN SCHEMA public;
