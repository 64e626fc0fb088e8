CREATE TABLE logs (day date, what text);
CREATE TABLE logs_a (day date, what text);
CREATE TABLE logs_c (day date, what text);
CREATE VIEW log_days AS SELECT day FROM logs_c;
