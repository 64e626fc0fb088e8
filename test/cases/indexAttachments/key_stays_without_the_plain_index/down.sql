CREATE UNIQUE INDEX events_once ON ONLY public.events USING btree (region, id);
CREATE UNIQUE INDEX events_us_once ON public.events_us USING btree (region, id);
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_eu_pkey";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_us_once";
