DROP VIEW "public"."small_odds";
ALTER TABLE "public"."odds" DROP CONSTRAINT "odds_pkey";
ALTER TABLE ONLY "public"."odds" ALTER COLUMN "n" DROP DEFAULT;
DROP OPERATOR CLASS "public"."odd_ops" USING "btree";
DROP OPERATOR "public".< (public."Odd number", public."Odd number");
DROP OPERATOR "public".= (public."Odd number", public."Odd number");
DROP FUNCTION "public"."odd_cmp"(public."Odd number", public."Odd number");
DROP FUNCTION "public"."odd_eq"(public."Odd number", public."Odd number");
DROP FUNCTION "public"."odd_lt"(public."Odd number", public."Odd number");
ALTER TYPE "public"."Odd number" RENAME TO "old__Odd number";
ALTER FUNCTION public."odd ""in"(cstring) RENAME TO "old__odd ""in";
ALTER FUNCTION public.odd_recv(internal) RENAME TO "old__odd_recv";
ALTER DOMAIN "public"."odd_one" RENAME TO "old__odd_one";
CREATE TYPE "public"."Odd number";
CREATE FUNCTION public."odd ""in"(cstring)
 RETURNS public."Odd number"
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4in$function$;
CREATE FUNCTION public.odd_out(public."Odd number")
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4out$function$;
CREATE FUNCTION public.odd_recv(internal)
 RETURNS public."Odd number"
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4recv$function$;
CREATE TYPE "public"."Odd number" (INPUT = public."odd ""in", OUTPUT = public.odd_out, RECEIVE = public.odd_recv, INTERNALLENGTH = 4, PASSEDBYVALUE);
CREATE DOMAIN "public"."odd_one" AS public."Odd number" DEFAULT '1'::public."Odd number";
ALTER TYPE "public"."Odd number" OWNER TO reader;
ALTER FUNCTION "public"."odd_out"(public."Odd number") OWNER TO reader;
CREATE FUNCTION public.odd_cmp(public."Odd number", public."Odd number")
 RETURNS integer
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$btint4cmp$function$;
CREATE FUNCTION public.odd_eq(public."Odd number", public."Odd number")
 RETURNS boolean
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4eq$function$;
CREATE FUNCTION public.odd_lt(public."Odd number", public."Odd number")
 RETURNS boolean
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$int4lt$function$;
CREATE OPERATOR "public".< (LEFTARG = public."Odd number", RIGHTARG = public."Odd number", FUNCTION = public.odd_lt);
CREATE OPERATOR "public".= (LEFTARG = public."Odd number", RIGHTARG = public."Odd number", FUNCTION = public.odd_eq);
CREATE OPERATOR CLASS "public"."odd_ops" DEFAULT FOR TYPE public."Odd number" USING "btree" FAMILY "public"."odd_ops" AS OPERATOR 1 public.<(public."Odd number",public."Odd number"), OPERATOR 3 public.=(public."Odd number",public."Odd number"), FUNCTION 1 (public."Odd number", public."Odd number") public.odd_cmp(public."Odd number",public."Odd number");
ALTER TABLE "public"."odds" ALTER COLUMN "n" TYPE public."Odd number" USING "n"::text::public."Odd number";
ALTER TABLE "public"."odds" ALTER COLUMN "ns" TYPE public."Odd number"[] USING "ns"::text[]::public."Odd number"[];
ALTER TABLE "public"."odds" ALTER COLUMN "one" TYPE public.odd_one USING "one"::text::public.odd_one;
ALTER TABLE ONLY "public"."odds" ALTER COLUMN "n" SET DEFAULT '3'::public."Odd number";
ALTER TABLE "public"."odds" ADD CONSTRAINT "odds_pkey" PRIMARY KEY (n);
CREATE VIEW "public"."small_odds" AS
 SELECT n
   FROM public.odds
  WHERE (n OPERATOR(public.<) '9'::public."Odd number");
GRANT USAGE ON TYPE public."Odd number" TO writer;
COMMENT ON TYPE "public"."Odd number" IS 'odd';
COMMENT ON FUNCTION "public"."odd ""in"(cstring) IS 'reads';
DROP DOMAIN "public"."old__odd_one";
DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := '"public"."old__Odd number"';
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
DROP TYPE "public"."old__Odd number" CASCADE;
