DROP OPERATOR CLASS "public"."ops" USING "btree";
CREATE OPERATOR CLASS "public"."ops" DEFAULT FOR TYPE public.pair USING "btree" FAMILY "public"."ops" AS OPERATOR 1 public.===(public.pair,public.pair), FUNCTION 1 (public.pair, public.pair) public.cmp(public.pair,public.pair);
