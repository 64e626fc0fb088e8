DROP TABLE "public"."counters";
DROP CAST (bigint AS public.int8alias);
DROP OPERATOR "public".= (public.int8alias, public.int8alias);
DROP FUNCTION "public"."int8alias_eq"(public.int8alias, public.int8alias);
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."int8alias"';
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
DROP TYPE "public"."int8alias" CASCADE;
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."pieces"';
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
DROP TYPE "public"."pieces" CASCADE;
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."point4"';
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
DROP TYPE "public"."point4" CASCADE;
