ALTER TABLE "public"."logs" DETACH PARTITION "public"."logs_a";
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_a" FOR VALUES FROM ('2026-01-01') TO ('2028-01-01');
