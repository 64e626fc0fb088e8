DROP TABLE "public"."t";
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."later"';
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
DROP TYPE "public"."later" CASCADE;
CREATE TYPE "public"."later";
ALTER TYPE "public"."later" OWNER TO reader;
CREATE FUNCTION public.later_in(cstring)
 RETURNS public.later
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
COMMENT ON TYPE "public"."later" IS 'to be defined';
