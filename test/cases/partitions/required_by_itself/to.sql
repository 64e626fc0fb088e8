CREATE TABLE logs (id int, kind varchar(255)) PARTITION BY LIST (kind);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES IN ('one');
