ALTER TABLE "public"."pairs" DROP COLUMN "p";
ALTER TABLE "public"."pairs" ADD COLUMN "a" integer;
ALTER TABLE "public"."pairs" ADD COLUMN "b" text NOT NULL;
ALTER TABLE "public"."pairs" OF public.pair;
