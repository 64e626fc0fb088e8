CREATE TABLE records (id int, title text, source text, scan text);
CREATE TABLE notes (body text) INHERITS (records);
ALTER TABLE records ALTER COLUMN scan SET STORAGE EXTERNAL;
ALTER TABLE ONLY records ALTER COLUMN source SET STORAGE EXTERNAL;
ALTER TABLE notes ALTER COLUMN title SET STATISTICS 500;
