CREATE TABLE events (id bigserial, at date) PARTITION BY RANGE (at);
ALTER TABLE events OWNER TO editor;
GRANT USAGE ON SEQUENCE events_id_seq TO reader;
COMMENT ON SEQUENCE events_id_seq IS 'numbers of events';
CREATE TABLE notes (event bigint DEFAULT currval('events_id_seq'));
