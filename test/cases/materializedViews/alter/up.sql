ALTER MATERIALIZED VIEW "public"."names" SET (fillfactor = 70);
