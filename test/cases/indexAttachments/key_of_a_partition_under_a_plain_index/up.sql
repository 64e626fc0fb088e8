ALTER TABLE "public"."events" DETACH PARTITION "public"."events_eu";
ALTER TABLE "public"."events_eu" DROP CONSTRAINT "events_eu_pkey";
DROP INDEX "public"."events_once";
ALTER TABLE ONLY "public"."events" ATTACH PARTITION "public"."events_eu" FOR VALUES IN ('eu');
ALTER TABLE ONLY "public"."events" ADD CONSTRAINT "events_once" UNIQUE (region, id);
ALTER TABLE "public"."events_eu" ADD CONSTRAINT "events_eu_region_id_key" UNIQUE (region, id);
ALTER TABLE "public"."events_us" ADD CONSTRAINT "events_us_region_id_key" UNIQUE (region, id);
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_eu_region_id_key";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_us_region_id_key";
