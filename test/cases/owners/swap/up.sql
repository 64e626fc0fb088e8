ALTER TABLE ONLY "public"."posts" ALTER COLUMN "mood" DROP DEFAULT;
DROP FUNCTION "public"."worst"();
ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('sad', 'ok');
ALTER TYPE "public"."mood" OWNER TO editor;
CREATE FUNCTION public.worst()
 RETURNS public.mood
 LANGUAGE sql
AS $function$ SELECT 'sad'::mood $function$;
ALTER FUNCTION "public"."worst"() OWNER TO editor;
ALTER TABLE "public"."posts" ALTER COLUMN "mood" TYPE public.mood USING "mood"::text::public.mood;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "mood" SET DEFAULT 'ok'::public.mood;
REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
GRANT USAGE ON TYPE public.mood TO reader;
DROP TYPE "public"."old__mood";
