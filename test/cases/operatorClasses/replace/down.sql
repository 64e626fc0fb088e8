DROP OPERATOR CLASS "public"."ops" USING "btree";
CREATE OPERATOR CLASS "public"."ops" FOR TYPE public.pair USING "btree" FAMILY "public"."ops" AS OPERATOR 3 public.===(public.pair,public.pair), FUNCTION 1 (public.pair, public.pair) public.cmp(public.pair,public.pair);
