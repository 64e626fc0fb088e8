CREATE CAST (public.e AS integer) WITH FUNCTION public.f(public.e);
