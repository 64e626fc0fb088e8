ALTER OPERATOR CLASS "public"."even_ops" USING "btree" RENAME TO "odd_ops";
ALTER OPERATOR FAMILY "public"."relatives" USING "btree" RENAME TO "kin";
