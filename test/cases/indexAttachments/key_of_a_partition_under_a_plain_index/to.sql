CREATE TABLE events (id int NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE events_eu PARTITION OF events FOR VALUES IN ('eu');
CREATE TABLE events_us PARTITION OF events FOR VALUES IN ('us');
ALTER TABLE events ADD CONSTRAINT events_once UNIQUE (region, id);
