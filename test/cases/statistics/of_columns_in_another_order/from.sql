CREATE TABLE logs (at date, what text, n int) PARTITION BY RANGE (at);
CREATE TABLE logs_a (n int, what text, at date);
ALTER TABLE logs ATTACH PARTITION logs_a FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE STATISTICS s ON at, what, (n + 1) FROM logs_a;
