CREATE TYPE mood AS ENUM ('happy', 'sad');
CREATE TABLE moods (m mood PRIMARY KEY);
CREATE TABLE a (id int, m mood REFERENCES moods);
