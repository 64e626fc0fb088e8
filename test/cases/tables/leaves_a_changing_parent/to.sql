CREATE TABLE parent (a int);
CREATE TABLE child (a int, b int, c text);
CREATE TABLE other (c text, a int);
