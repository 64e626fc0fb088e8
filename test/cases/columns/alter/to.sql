CREATE TABLE posts (id bigint NOT NULL, title varchar(50) COLLATE "C", body text);
