DROP OPERATOR FAMILY "public"."kin" USING "btree";
DROP FUNCTION "public"."compare"(a integer, b text);
CREATE FUNCTION public.compare(one integer, other text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 0$function$;
CREATE OPERATOR FAMILY "public"."kin" USING "btree";
ALTER OPERATOR FAMILY "public"."kin" USING "btree" ADD FUNCTION 1 (integer, text) public.compare(integer,text);
COMMENT ON OPERATOR FAMILY "public"."kin" USING "btree" IS 'numbers and words';
