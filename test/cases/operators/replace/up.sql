DROP OPERATOR "public".=== (public.pair, public.pair);
CREATE OPERATOR "public".!== (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.eq, NEGATOR = OPERATOR(public.===));
CREATE OPERATOR "public".=== (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.eq, NEGATOR = OPERATOR(public.!==), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
