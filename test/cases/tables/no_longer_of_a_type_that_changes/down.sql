DROP VIEW "public"."firsts";
ALTER TABLE "public"."pairs" DROP COLUMN "p";
ALTER TABLE "public"."pairs" DROP COLUMN "ps";
ALTER TYPE "public"."pair" RENAME TO "old__pair";
CREATE TYPE "public"."pair" AS ("a" integer, "b" text);
ALTER TABLE "public"."pairs" ADD COLUMN "a" integer;
ALTER TABLE "public"."pairs" ADD COLUMN "b" text NOT NULL;
ALTER TABLE "public"."pairs" OF public.pair;
DROP TYPE "public"."old__pair";
