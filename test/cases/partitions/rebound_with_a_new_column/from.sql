CREATE TABLE events (year integer, kind integer, size integer CHECK (size > 0)) PARTITION BY LIST (year);
CREATE TABLE events_old PARTITION OF events FOR VALUES IN (2020);
