CREATE TABLE logs (at date, what text, n int) PARTITION BY RANGE (at);
CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2028-01-01');
CREATE STATISTICS s ON at, what, (n + 1) FROM logs_a;
