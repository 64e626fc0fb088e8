ALTER TABLE "public"."events" DETACH PARTITION "public"."events_old";
ALTER TABLE "public"."events_old" DROP CONSTRAINT "events_old_pkey";
ALTER TABLE "public"."shops" DETACH PARTITION "public"."shops_north";
DROP INDEX "public"."shops_north_name_idx";
DROP TABLE "public"."events";
DROP TABLE "public"."shops";
ALTER TYPE "public"."region" RENAME TO "old__region";
CREATE TYPE "public"."region" AS ENUM ('north', 'south');
CREATE TABLE "public"."events" (
  "id" integer NOT NULL,
  "year" integer NOT NULL
) PARTITION BY RANGE (year);
CREATE TABLE "public"."shops" (
  "region" public.region,
  "name" text
) PARTITION BY LIST (region);
ALTER TABLE "public"."events_old" ALTER COLUMN "year" TYPE integer;
ALTER TABLE "public"."shops_north" ALTER COLUMN "region" TYPE public.region USING "region"::text::public.region;
ALTER TABLE ONLY "public"."events" ATTACH PARTITION "public"."events_old" FOR VALUES FROM (2000) TO (2020);
ALTER TABLE ONLY "public"."shops" ATTACH PARTITION "public"."shops_north" FOR VALUES IN ('north');
ALTER TABLE ONLY "public"."events" ADD CONSTRAINT "events_pkey" PRIMARY KEY (id, year);
ALTER TABLE "public"."events_old" ADD CONSTRAINT "events_old_pkey" PRIMARY KEY (id, year);
CREATE INDEX shops_name ON ONLY public.shops USING btree (name);
CREATE INDEX shops_north_name_idx ON public.shops_north USING btree (name);
ALTER INDEX "public"."events_pkey" ATTACH PARTITION "public"."events_old_pkey";
ALTER INDEX "public"."shops_name" ATTACH PARTITION "public"."shops_north_name_idx";
DROP TYPE "public"."old__region";
