CREATE TABLE logs (at date, what text) PARTITION BY RANGE (at, (what || 'x'));
CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01', 'a') TO ('2027-01-01', MAXVALUE);
