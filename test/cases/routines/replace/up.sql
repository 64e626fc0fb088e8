DROP FUNCTION "public"."add"(a integer, b integer);
DROP PROCEDURE "public"."work"(INOUT n integer);
CREATE FUNCTION public.add(x integer, b integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT x::bigint + b $function$;
CREATE FUNCTION public.work(INOUT n integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$ BEGIN n := n + 1; END $function$;
