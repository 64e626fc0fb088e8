CREATE TABLE events (year bigint, kind integer, place text, CONSTRAINT sane CHECK (kind > 1)) PARTITION BY LIST (year);
CREATE TABLE events_old PARTITION OF events FOR VALUES IN (2020) PARTITION BY LIST (kind);
CREATE TABLE events_old_rare PARTITION OF events_old FOR VALUES IN (7);
CREATE UNIQUE INDEX events_once ON events (year, kind);
