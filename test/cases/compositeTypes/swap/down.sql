DROP FUNCTION "public"."f"();
ALTER TYPE "public"."pair" RENAME TO "old__pair";
CREATE TYPE "public"."pair" AS ("x" integer, "y" text);
CREATE FUNCTION public.f()
 RETURNS public.pair
 LANGUAGE sql
AS $function$SELECT 1, null$function$;
DROP TYPE "public"."old__pair";
