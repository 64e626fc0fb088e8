CREATE TABLE records (b text, a int, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE notes (b text, a bigint, CONSTRAINT positive CHECK (a > 1));
CREATE TABLE logs (b text, a int, CONSTRAINT positive CHECK (a > 0)) PARTITION BY LIST (b);
CREATE TABLE old_logs (b text, a bigint, CONSTRAINT positive CHECK (a > 1));
