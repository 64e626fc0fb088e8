CREATE TABLE events (id int, region text) PARTITION BY LIST (region);
ALTER TABLE events ADD CONSTRAINT id_positive CHECK (id > 0);
ALTER TABLE events ADD CONSTRAINT id_small CHECK (id < 1000);
CREATE TABLE events_eu PARTITION OF events FOR VALUES IN ('eu') PARTITION BY RANGE (id);
CREATE TABLE events_eu_first PARTITION OF events_eu FOR VALUES FROM (1) TO (100);
CREATE TABLE events_us PARTITION OF events FOR VALUES IN ('us');
