ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_1" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER INDEX "public"."logs_at" ATTACH PARTITION "public"."logs_1_at_idx";
ALTER INDEX "public"."logs_pkey" ATTACH PARTITION "public"."logs_1_pkey";
