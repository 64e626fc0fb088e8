CREATE TABLE events (year integer, kind bigint, place text, CHECK (place <> '')) PARTITION BY LIST (year);
CREATE TABLE events_old PARTITION OF events FOR VALUES IN (2020, 2021);
