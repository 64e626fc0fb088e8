ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" DROP DEFAULT;
DROP TRANSFORM FOR integer LANGUAGE "own";
DROP FUNCTION "public"."twice"(n integer);
DROP LANGUAGE "own";
DROP FUNCTION "public"."run_inline"(code internal);
CREATE FUNCTION public.run_inline(source internal)
 RETURNS void
 LANGUAGE c
AS '$libdir/plpgsql', $function$plpgsql_inline_handler$function$;
CREATE TRUSTED LANGUAGE "own" HANDLER plpgsql_call_handler INLINE public.run_inline;
CREATE FUNCTION public.twice(n integer)
 RETURNS integer
 LANGUAGE own
AS $function$BEGIN RETURN n * 2; END$function$;
ALTER FUNCTION "public"."twice"(n integer) OWNER TO author;
CREATE TRANSFORM FOR integer LANGUAGE "own" (FROM SQL WITH FUNCTION varchar_support(internal));
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" SET DEFAULT public.twice(1);
REVOKE USAGE ON LANGUAGE own FROM PUBLIC;
GRANT USAGE ON LANGUAGE own TO editor;
COMMENT ON LANGUAGE "own" IS 'our own';
COMMENT ON FUNCTION "public"."twice"(n integer) IS 'two times';
COMMENT ON TRANSFORM FOR integer LANGUAGE "own" IS 'how own sees numbers';
