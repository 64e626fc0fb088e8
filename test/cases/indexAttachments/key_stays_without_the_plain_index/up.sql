ALTER TABLE "public"."events" DETACH PARTITION "public"."events_eu";
ALTER TABLE "public"."events_eu" DROP CONSTRAINT "events_eu_pkey";
DROP INDEX "public"."events_once";
ALTER TABLE ONLY "public"."events" ATTACH PARTITION "public"."events_eu" FOR VALUES IN ('eu');
ALTER TABLE "public"."events_eu" ADD CONSTRAINT "events_eu_pkey" PRIMARY KEY (region, id);
