DROP MATERIALIZED VIEW "public"."names";
