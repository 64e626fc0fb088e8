DROP VIEW "public"."numbers";
CREATE TYPE "public"."third" AS ("a" integer, "b" text, "d" date);
ALTER TABLE "public"."notes" NOT OF;
ALTER TABLE "public"."posts" NOT OF;
ALTER TABLE "public"."posts" DROP COLUMN "b";
ALTER TABLE "public"."notes" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE "public"."notes" ADD COLUMN "d" date;
ALTER TABLE "public"."notes" OF public.third;
ALTER TABLE "public"."posts" ALTER COLUMN "a" TYPE bigint;
ALTER TABLE "public"."posts" ADD COLUMN "c" date;
ALTER TABLE "public"."posts" OF public.other;
ALTER TYPE "public"."pair" DROP ATTRIBUTE "b" CASCADE;
CREATE VIEW "public"."numbers" AS
 SELECT a
   FROM public.posts;
