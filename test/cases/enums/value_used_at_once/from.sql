CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE a (m mood DEFAULT 'sad');
