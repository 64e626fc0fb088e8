ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE "public"."logs" ALTER COLUMN "what" DROP NOT NULL;
ALTER TABLE "public"."logs_a" ALTER COLUMN "what" DROP NOT NULL;
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
