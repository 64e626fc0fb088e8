CREATE OPERATOR "public".=== (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.eq, COMMUTATOR = OPERATOR(public.===));
CREATE OPERATOR "public".@- (RIGHTARG = public.pair, FUNCTION = public.neg);
