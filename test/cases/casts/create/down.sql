DROP CAST (public.e AS integer);
