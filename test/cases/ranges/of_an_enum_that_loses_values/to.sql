CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE days (mood mood);
