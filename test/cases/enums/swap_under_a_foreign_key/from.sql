CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE moods (m mood PRIMARY KEY);
CREATE TABLE a (id int, m mood REFERENCES moods);
