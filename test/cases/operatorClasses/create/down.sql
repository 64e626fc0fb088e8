DROP OPERATOR CLASS "public"."ops" USING "btree";
DROP OPERATOR FAMILY "public"."ops" USING "btree";
