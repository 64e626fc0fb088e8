CREATE TABLE parent (a int);
CREATE TABLE other (b text);
CREATE TABLE child () INHERITS (other, parent);
