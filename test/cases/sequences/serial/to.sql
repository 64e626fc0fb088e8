CREATE TABLE a (t text, id bigserial PRIMARY KEY);
