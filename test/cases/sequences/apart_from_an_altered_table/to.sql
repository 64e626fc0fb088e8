CREATE TABLE users (id int);
CREATE SEQUENCE numbers OWNED BY users.id;
