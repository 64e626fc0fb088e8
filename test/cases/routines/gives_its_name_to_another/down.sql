ALTER TABLE "public"."users" DROP COLUMN "n";
DROP TABLE "public"."posts";
DROP FUNCTION "public"."sound"(value anyelement, strict boolean);
CREATE FUNCTION public.sound(value anyelement)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1 IS NOT NULL$function$;
ALTER TABLE "public"."users" ADD COLUMN "n" boolean GENERATED ALWAYS AS (public.sound(id)) STORED;
