CREATE TABLE a (
  usual int CONSTRAINT usual_set NOT NULL,
  named int NOT NULL,
  other int CONSTRAINT new_name NOT NULL,
  alone int NOT NULL,
  later int,
  checked int CONSTRAINT checked_set NOT NULL,
  unchecked int,
  added int CONSTRAINT added_set NOT NULL
);
ALTER TABLE a ADD CONSTRAINT later_set NOT NULL later NOT VALID;
ALTER TABLE a ADD NOT NULL unchecked NOT VALID;
CREATE TABLE b (id int CONSTRAINT id_set NOT NULL PRIMARY KEY, one int CONSTRAINT one_set NOT NULL NO INHERIT DEFAULT 1, later int);
ALTER TABLE b ADD NOT NULL later NOT VALID;
CREATE TABLE parent (id int CONSTRAINT id_set NOT NULL);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE events (at date CONSTRAINT at_set NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
