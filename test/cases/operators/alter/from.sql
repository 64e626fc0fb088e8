CREATE OPERATOR ## (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int, RESTRICT = eqsel, HASHES);
COMMENT ON OPERATOR ## (int, int) IS 'the same';
CREATE VIEW pairs AS SELECT 1 OPERATOR(public.##) 2 AS same;
