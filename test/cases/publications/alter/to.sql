CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE PUBLICATION p WITH (publish = 'insert, update', publish_via_partition_root);
