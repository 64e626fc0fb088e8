ALTER TYPE "public"."pair" ADD ATTRIBUTE "a" bigint CASCADE;
CREATE TABLE "public"."more_pairs" OF public.pair;
ALTER TABLE "public"."more_pairs" ALTER COLUMN "a" SET NOT NULL;
ALTER TABLE "public"."pairs" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE ONLY "public"."more_pairs" ALTER COLUMN "b" SET DEFAULT 'y'::text;
ALTER TABLE ONLY "public"."pairs" ALTER COLUMN "b" SET DEFAULT 'x'::text;
