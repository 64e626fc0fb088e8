ALTER INDEX "public"."sizes_length" RENAME TO "lengths_length";
ALTER MATERIALIZED VIEW "public"."sizes" RENAME TO "lengths";
ALTER VIEW "public"."headlines" RENAME TO "titles";
