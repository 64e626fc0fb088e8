ALTER TYPE "public"."pair" ADD ATTRIBUTE "a" bigint CASCADE;
CREATE TABLE "public"."more_pairs" OF public.pair (
  "b" WITH OPTIONS DEFAULT 'y'::text,
  "a" WITH OPTIONS NOT NULL
);
ALTER TABLE "public"."pairs" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE ONLY "public"."pairs" ALTER COLUMN "b" SET DEFAULT 'x'::text;
