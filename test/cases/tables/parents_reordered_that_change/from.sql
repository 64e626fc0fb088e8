CREATE TABLE parent (a int NOT NULL);
CREATE TABLE child (b text) INHERITS (parent);
