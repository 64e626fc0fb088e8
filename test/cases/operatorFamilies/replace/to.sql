CREATE FUNCTION compare(one int, other text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0';
CREATE OPERATOR FAMILY kin USING btree;
ALTER OPERATOR FAMILY kin USING btree ADD FUNCTION 1 (int, text) compare(int, text);
COMMENT ON OPERATOR FAMILY kin USING btree IS 'numbers and words';
