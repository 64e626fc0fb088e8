CREATE OPERATOR FAMILY "public"."fam" USING "btree";
