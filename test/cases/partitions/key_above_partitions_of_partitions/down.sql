ALTER TABLE "public"."events" DETACH PARTITION "public"."events_old";
DROP INDEX "public"."events_old_year_kind_idx";
DROP TABLE "public"."events";
ALTER TABLE "public"."events_old" DROP CONSTRAINT "sane";
ALTER TABLE "public"."events_old" DROP COLUMN "place";
ALTER TABLE "public"."events_old" ADD CONSTRAINT "sane" CHECK ((kind > 0));
CREATE TABLE "public"."events" (
  "year" integer,
  "kind" integer,
  CONSTRAINT "sane" CHECK ((kind > 0))
) PARTITION BY LIST (year);
ALTER TABLE "public"."events_old" ALTER COLUMN "year" TYPE integer;
ALTER TABLE ONLY "public"."events" ATTACH PARTITION "public"."events_old" FOR VALUES IN (2020);
CREATE INDEX events_kind ON ONLY public.events USING btree (kind);
CREATE INDEX events_old_kind_idx ON ONLY public.events_old USING btree (kind);
CREATE INDEX events_old_rare_kind_idx ON public.events_old_rare USING btree (kind);
ALTER INDEX "public"."events_kind" ATTACH PARTITION "public"."events_old_kind_idx";
ALTER INDEX "public"."events_old_kind_idx" ATTACH PARTITION "public"."events_old_rare_kind_idx";
