CREATE OR REPLACE AGGREGATE "public"."total"(integer) (SFUNC = public.add, STYPE = integer, COMBINEFUNC = public.add, INITCOND = '1', PARALLEL = SAFE);
