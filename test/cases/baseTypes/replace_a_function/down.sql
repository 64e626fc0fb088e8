ALTER TYPE "public"."number" RENAME TO "old__number";
ALTER FUNCTION public.number_in(cstring) RENAME TO "old__number_in";
CREATE TYPE "public"."number";
CREATE FUNCTION public.number_in(cstring)
 RETURNS public.number
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
CREATE FUNCTION public.number_out(given public.number)
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4out$function$;
CREATE TYPE "public"."number" (INPUT = public.number_in, OUTPUT = public.number_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
ALTER TABLE "public"."numbers" ALTER COLUMN "n" TYPE public.number USING "n"::text::public.number;
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."old__number"';
  others text := (
    WITH base AS (SELECT * FROM pg_type WHERE oid = dropped), own(class, oid) AS (
      SELECT 'pg_type'::regclass::oid, unnest(ARRAY[oid, typarray]) FROM base
      UNION ALL SELECT 'pg_proc'::regclass::oid, unnest(ARRAY[typinput, typoutput, typreceive, typsend]::oid[]) FROM base)
    SELECT string_agg(pg_describe_object(classid, objid, objsubid), ', ') FROM pg_depend
    WHERE (refclassid, refobjid) IN (TABLE own) AND (classid, objid) NOT IN (TABLE own));
BEGIN
  IF others IS NOT NULL THEN
    RAISE 'cannot drop type % because other objects depend on it', dropped USING ERRCODE = 'dependent_objects_still_exist', DETAIL = others;
  END IF;
END $do$;
DROP TYPE "public"."old__number" CASCADE;
