CREATE TABLE parent (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE child (b int, a int, c int) INHERITS (parent);
CREATE TABLE grandchild (b int) INHERITS (child);
