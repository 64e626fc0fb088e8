ALTER TABLE "public"."events" DETACH PARTITION "public"."events_old";
DROP INDEX "public"."events_old_kind_idx";
DROP TABLE "public"."events";
ALTER TABLE "public"."events_old" DROP CONSTRAINT "sane";
ALTER TABLE "public"."events_old" ADD COLUMN "place" text;
ALTER TABLE "public"."events_old" ADD CONSTRAINT "sane" CHECK ((kind > 1));
CREATE TABLE "public"."events" (
  "year" bigint,
  "kind" integer,
  "place" text,
  CONSTRAINT "sane" CHECK ((kind > 1))
) PARTITION BY LIST (year);
ALTER TABLE "public"."events_old" ALTER COLUMN "year" TYPE bigint;
ALTER TABLE ONLY "public"."events" ATTACH PARTITION "public"."events_old" FOR VALUES IN ('2020');
CREATE UNIQUE INDEX events_once ON ONLY public.events USING btree (year, kind);
CREATE UNIQUE INDEX events_old_year_kind_idx ON ONLY public.events_old USING btree (year, kind);
CREATE UNIQUE INDEX events_old_rare_year_kind_idx ON public.events_old_rare USING btree (year, kind);
ALTER INDEX "public"."events_old_year_kind_idx" ATTACH PARTITION "public"."events_old_rare_year_kind_idx";
ALTER INDEX "public"."events_once" ATTACH PARTITION "public"."events_old_year_kind_idx";
