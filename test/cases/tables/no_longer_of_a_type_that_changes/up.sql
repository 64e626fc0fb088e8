ALTER TABLE "public"."pairs" NOT OF;
ALTER TABLE "public"."pairs" DROP COLUMN "a";
ALTER TABLE "public"."pairs" DROP COLUMN "b";
ALTER TYPE "public"."pair" DROP ATTRIBUTE "a";
ALTER TABLE "public"."pairs" ADD COLUMN "p" public.pair;
ALTER TABLE "public"."pairs" ADD COLUMN "ps" public.pair[];
CREATE VIEW "public"."firsts" AS
 SELECT (p).b AS b
   FROM public.pairs;
