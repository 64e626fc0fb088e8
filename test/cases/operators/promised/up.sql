DROP OPERATOR "app".||++ (text, text);
DROP OPERATOR "app".||+++ (text, text);
DROP OPERATOR "app".||+-+ (text, text);
DROP OPERATOR "public".=== (integer, text);
DROP FUNCTION "app"."f"(text, text);
DROP SCHEMA "app";
CREATE FUNCTION public.h(text, integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT true$function$;
CREATE OPERATOR "public".=== (LEFTARG = integer, RIGHTARG = text, FUNCTION = public.g, COMMUTATOR = OPERATOR(public.===));
