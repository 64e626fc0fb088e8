DROP AGGREGATE "public"."total"(integer);
CREATE FUNCTION public.text_of(a integer)
 RETURNS text
 LANGUAGE sql
AS $function$SELECT a::text$function$;
CREATE AGGREGATE "public"."total"(integer) (SFUNC = public.add, STYPE = integer, FINALFUNC = public.text_of);
