ALTER MATERIALIZED VIEW "public"."names" RESET (fillfactor);
