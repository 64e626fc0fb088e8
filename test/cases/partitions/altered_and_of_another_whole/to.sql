CREATE TABLE logs (at date NOT NULL, what text, UNIQUE (at, what)) PARTITION BY RANGE (at);
CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') WITH (fillfactor = 80);
