DROP OPERATOR FAMILY "public"."fam" USING "btree";
