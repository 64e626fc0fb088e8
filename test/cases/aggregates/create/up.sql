CREATE AGGREGATE "public"."total"(integer) (SFUNC = public.add, STYPE = integer, INITCOND = '0');
