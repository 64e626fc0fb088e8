DROP OPERATOR "public".=== (public.pair, public.pair);
DROP OPERATOR "public".@- (NONE, public.pair);
