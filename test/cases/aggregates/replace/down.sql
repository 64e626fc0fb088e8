DROP AGGREGATE "public"."total"(integer);
DROP FUNCTION "public"."text_of"(a integer);
CREATE AGGREGATE "public"."total"(integer) (SFUNC = public.add, STYPE = integer, INITCOND = '0');
