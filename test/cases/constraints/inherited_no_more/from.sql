CREATE TABLE parent (a int CHECK (a > 0));
CREATE TABLE child (b text) INHERITS (parent);
