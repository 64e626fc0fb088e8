ALTER TABLE "public"."logs" DROP CONSTRAINT "the day";
ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE "public"."logs_a" DROP CONSTRAINT IF EXISTS "the day";
ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_b";
ALTER TABLE "public"."logs_b" DROP CONSTRAINT IF EXISTS "the day";
DROP TABLE "public"."days";
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
