DROP OPERATOR "public".!== (public.pair, public.pair);
DROP OPERATOR "public".=== (public.pair, public.pair);
CREATE OPERATOR "public".=== (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.eq, COMMUTATOR = OPERATOR(public.===));
