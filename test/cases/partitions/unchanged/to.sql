CREATE TABLE events (at date NOT NULL, kind int DEFAULT 1) PARTITION BY RANGE (at);
CREATE TABLE events_2026 (kind int DEFAULT 1, at date NOT NULL);
ALTER TABLE ONLY events ATTACH PARTITION events_2026 FOR VALUES FROM ('Jan 1, 2026') TO ('Jan 1, 2027');
ALTER TABLE ONLY events ADD PRIMARY KEY (at);
ALTER TABLE events_2026 ADD CONSTRAINT events_2026_pkey PRIMARY KEY (at);
ALTER INDEX events_pkey ATTACH PARTITION events_2026_pkey;
CREATE INDEX events_kind ON ONLY events (kind);
CREATE INDEX events_2026_kind_idx ON events_2026 (kind);
ALTER INDEX events_kind ATTACH PARTITION events_2026_kind_idx;
