CREATE TABLE logs (day date, what text, UNIQUE (day, what)) PARTITION BY RANGE (day);
CREATE TABLE logs_b PARTITION OF logs DEFAULT;
CREATE INDEX ON logs (what);
