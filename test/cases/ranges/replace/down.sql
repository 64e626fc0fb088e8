DROP FUNCTION "public"."width"(public.span);
DROP TYPE "public"."span";
CREATE TYPE "public"."span" AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
CREATE FUNCTION public.width(public.span)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT upper($1) - lower($1)$function$;
GRANT USAGE ON TYPE public.span TO reader;
COMMENT ON TYPE "public"."span" IS 'from and to';
