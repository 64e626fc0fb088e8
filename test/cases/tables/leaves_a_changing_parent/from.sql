CREATE TABLE parent (a int CHECK (a > 0), b int);
CREATE TABLE child (c text) INHERITS (parent);
CREATE TABLE other (c text) INHERITS (parent);
