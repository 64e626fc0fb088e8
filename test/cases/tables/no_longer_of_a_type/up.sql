ALTER TABLE "public"."pairs" NOT OF;
ALTER TABLE "public"."pairs" DROP COLUMN "a";
ALTER TABLE "public"."pairs" DROP COLUMN "b";
ALTER TABLE "public"."pairs" ADD COLUMN "p" public.pair;
