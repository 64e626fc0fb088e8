CREATE TABLE logs (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE INDEX logs_at ON logs (at);
CREATE TABLE logs_1 (id int, at date, PRIMARY KEY (id, at));
CREATE INDEX logs_1_at_idx ON logs_1 (at);
