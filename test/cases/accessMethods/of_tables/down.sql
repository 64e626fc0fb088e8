ALTER TABLE "public"."posts" SET ACCESS METHOD "heap";
ALTER MATERIALIZED VIEW "public"."numbers" SET ACCESS METHOD "heap";
