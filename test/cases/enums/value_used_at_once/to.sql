CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE a (m mood DEFAULT 'ok');
