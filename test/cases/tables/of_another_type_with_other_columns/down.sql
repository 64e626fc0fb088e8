DROP VIEW "public"."numbers";
ALTER TYPE "public"."pair" ADD ATTRIBUTE "b" text;
ALTER TABLE "public"."notes" NOT OF;
ALTER TABLE "public"."notes" DROP COLUMN "d";
ALTER TABLE "public"."posts" NOT OF;
ALTER TABLE "public"."posts" DROP COLUMN "c";
ALTER TABLE "public"."notes" ALTER COLUMN "b" DROP NOT NULL;
ALTER TABLE "public"."notes" OF public.pair;
DROP TYPE "public"."third";
ALTER TABLE "public"."posts" ALTER COLUMN "a" TYPE integer;
ALTER TABLE "public"."posts" ADD COLUMN "b" text DEFAULT 'x'::text;
ALTER TABLE "public"."posts" OF public.pair;
CREATE VIEW "public"."numbers" AS
 SELECT a
   FROM public.posts;
