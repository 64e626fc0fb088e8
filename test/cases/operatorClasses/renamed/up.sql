ALTER OPERATOR FAMILY "public"."kin" USING "btree" RENAME TO "relatives";
ALTER OPERATOR CLASS "public"."odd_ops" USING "btree" RENAME TO "even_ops";
