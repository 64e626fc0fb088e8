CREATE TABLE parent (a int);
CREATE TABLE child (b text, a int);
