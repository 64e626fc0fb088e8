ALTER TABLE "public"."posts" SET ACCESS METHOD "heap2";
ALTER MATERIALIZED VIEW "public"."numbers" SET ACCESS METHOD "heap2";
