ALTER OPERATOR FAMILY "public"."fam" USING "btree" DROP OPERATOR 3 (public.pair, public.pair), FUNCTION 1 (public.pair, public.pair);
