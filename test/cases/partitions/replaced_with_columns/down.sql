ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE "public"."logs" ALTER COLUMN "what" SET NOT NULL;
ALTER TABLE "public"."logs_a" ALTER COLUMN "what" SET NOT NULL;
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2028-01-01');
