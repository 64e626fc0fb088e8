DROP VIEW "public"."v";
ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" DROP DEFAULT;
DROP FUNCTION "public"."f"(m public.mood);
ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('sad', 'ok', 'happy');
CREATE FUNCTION public.f(m public.mood)
 RETURNS public.mood
 LANGUAGE sql
AS $function$SELECT m$function$;
ALTER TABLE "public"."a" ALTER COLUMN "m" TYPE public.mood USING "m"::text::public.mood;
ALTER TABLE "public"."a" ALTER COLUMN "ms" TYPE public.mood[] USING "ms"::text[]::public.mood[];
ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" SET DEFAULT 'ok'::public.mood;
CREATE VIEW "public"."v" AS
 SELECT m
   FROM public.a
  WHERE (m > 'sad'::public.mood);
DROP TYPE "public"."old__mood";
