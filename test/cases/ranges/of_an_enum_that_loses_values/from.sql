CREATE TYPE mood AS ENUM ('sad', 'so so', 'ok');
CREATE TYPE span AS RANGE (SUBTYPE = mood);
CREATE TABLE days (mood span);
