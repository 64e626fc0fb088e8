CREATE TABLE a (
  usual int NOT NULL,
  named int CONSTRAINT present NOT NULL,
  other int CONSTRAINT old_name NOT NULL,
  alone int NOT NULL NO INHERIT,
  later int,
  checked int,
  unchecked int NOT NULL
);
ALTER TABLE a ADD CONSTRAINT checked_set NOT NULL checked NOT VALID;
CREATE TABLE parent (id int NOT NULL);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE parent RENAME CONSTRAINT parent_id_not_null TO id_not_null;
CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
