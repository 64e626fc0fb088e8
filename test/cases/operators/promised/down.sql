DROP OPERATOR "public".=== (integer, text);
DROP OPERATOR "public".=== (text, integer);
DROP FUNCTION "public"."h"(text, integer);
CREATE SCHEMA "app";
CREATE FUNCTION app.f(text, text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT true$function$;
CREATE OPERATOR "app".||++ (LEFTARG = text, RIGHTARG = text, FUNCTION = app.f, COMMUTATOR = OPERATOR(app.||+++), NEGATOR = OPERATOR(app.||+-+));
CREATE OPERATOR "public".=== (LEFTARG = integer, RIGHTARG = text, FUNCTION = public.g);
