CREATE TABLE parent (a bigint);
CREATE TABLE child (b text, a bigint) INHERITS (parent);
