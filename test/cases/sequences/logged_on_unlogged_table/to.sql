CREATE TABLE users (id bigint PRIMARY KEY);
CREATE SEQUENCE numbers OWNED BY users.id;
