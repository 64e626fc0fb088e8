DROP FUNCTION "public"."later_in"(cstring);
DROP TYPE "public"."later";
CREATE TYPE "public"."later";
CREATE FUNCTION public.later_in(cstring)
 RETURNS public.later
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
CREATE FUNCTION public.later_out(public.later)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4out$function$;
CREATE TYPE "public"."later" (INPUT = public.later_in, OUTPUT = public.later_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
ALTER TYPE "public"."later" OWNER TO reader;
CREATE TABLE "public"."t" (
  "l" public.later
);
COMMENT ON TYPE "public"."later" IS 'defined';
