CREATE TABLE logs (at date, n int) PARTITION BY RANGE (at);
CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE logs_b (at date, n int);
