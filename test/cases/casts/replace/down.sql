DROP CAST (public.e AS integer);
DROP CAST (public.e AS json);
CREATE CAST (public.e AS integer) WITH FUNCTION public.f(public.e);
