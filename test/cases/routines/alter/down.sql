DROP FUNCTION "public"."add"(a integer, b integer);
CREATE FUNCTION public.add(a integer, b integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT a + b $function$;
CREATE OR REPLACE PROCEDURE public.work(INOUT n integer)
 LANGUAGE plpgsql
AS $procedure$ BEGIN n := n + 1; END $procedure$;
