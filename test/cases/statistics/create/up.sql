CREATE STATISTICS public.st (ndistinct) ON id, name FROM public.users;
