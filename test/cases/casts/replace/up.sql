DROP CAST (public.e AS integer);
CREATE CAST (public.e AS integer) WITH FUNCTION public.f(public.e) AS ASSIGNMENT;
CREATE CAST (public.e AS json) WITH INOUT AS IMPLICIT;
