CREATE TABLE logs (day date, what text) PARTITION BY RANGE (day);
CREATE TABLE logs_a PARTITION OF logs DEFAULT PARTITION BY LIST (what);
CREATE TABLE logs_b PARTITION OF logs_a DEFAULT;
CREATE INDEX second ON logs (what);
COMMENT ON INDEX logs_b_what_idx IS 'of the first';
