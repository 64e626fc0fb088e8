ALTER TABLE "public"."events" DROP CONSTRAINT "events_once";
CREATE UNIQUE INDEX events_once ON ONLY public.events USING btree (region, id);
ALTER TABLE "public"."events_eu" ADD CONSTRAINT "events_eu_pkey" PRIMARY KEY (region, id);
CREATE UNIQUE INDEX events_us_once ON public.events_us USING btree (region, id);
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_eu_pkey";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_us_once";
