CREATE TABLE parent (a int CHECK (a > 0) NO INHERIT);
CREATE TABLE child (b text) INHERITS (parent);
