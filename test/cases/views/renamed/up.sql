ALTER VIEW "public"."titles" RENAME TO "headlines";
ALTER MATERIALIZED VIEW "public"."lengths" RENAME TO "sizes";
ALTER INDEX "public"."lengths_length" RENAME TO "sizes_length";
