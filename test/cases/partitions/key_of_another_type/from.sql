CREATE TYPE region AS ENUM ('north', 'south');
CREATE TABLE events (id integer, year integer, PRIMARY KEY (id, year)) PARTITION BY RANGE (year);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (2000) TO (2020);
CREATE TABLE shops (region region, name text) PARTITION BY LIST (region);
CREATE TABLE shops_north PARTITION OF shops FOR VALUES IN ('north');
CREATE INDEX shops_name ON shops (name);
