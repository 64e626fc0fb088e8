CREATE TABLE parent (a int NOT NULL DEFAULT 5, c date);
CREATE TABLE child (b text) INHERITS (parent);
CREATE INDEX ON child (a);
