ALTER OPERATOR FAMILY "public"."fam" USING "btree" ADD OPERATOR 3 public.===(public.pair,public.pair), FUNCTION 1 (public.pair, public.pair) public.cmp(public.pair,public.pair);
