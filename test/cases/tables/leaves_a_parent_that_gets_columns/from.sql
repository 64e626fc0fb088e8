CREATE TABLE records (b text);
CREATE TABLE notes (b text) INHERITS (records);
CREATE TABLE logs (b text) PARTITION BY LIST (b);
CREATE TABLE old_logs PARTITION OF logs DEFAULT;
