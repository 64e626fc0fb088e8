DROP STATISTICS "public"."st";
CREATE STATISTICS public.st (mcv) ON id, lower(name) FROM public.users;
