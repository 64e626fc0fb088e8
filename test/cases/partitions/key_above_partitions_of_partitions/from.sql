CREATE TABLE events (year integer, kind integer, CONSTRAINT sane CHECK (kind > 0)) PARTITION BY LIST (year);
CREATE TABLE events_old PARTITION OF events FOR VALUES IN (2020) PARTITION BY LIST (kind);
CREATE TABLE events_old_rare PARTITION OF events_old FOR VALUES IN (7);
CREATE INDEX events_kind ON events (kind);
