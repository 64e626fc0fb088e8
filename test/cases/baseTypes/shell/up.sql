CREATE TYPE "public"."later";
ALTER TYPE "public"."later" OWNER TO reader;
CREATE FUNCTION public.make_later(cstring)
 RETURNS public.later
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
COMMENT ON TYPE "public"."later" IS 'to be defined';
