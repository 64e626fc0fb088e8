CREATE TABLE events (id int NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE events_eu PARTITION OF events FOR VALUES IN ('eu');
CREATE TABLE events_us PARTITION OF events FOR VALUES IN ('us');
CREATE UNIQUE INDEX events_once ON ONLY events (region, id);
CREATE UNIQUE INDEX events_eu_once ON events_eu (region, id);
CREATE UNIQUE INDEX events_us_once ON events_us (region, id);
ALTER INDEX events_once ATTACH PARTITION events_eu_once;
ALTER INDEX events_once ATTACH PARTITION events_us_once;
ALTER TABLE events_eu ADD CONSTRAINT events_eu_pkey PRIMARY KEY USING INDEX events_eu_once;
