REVOKE SELECT (n) ON TABLE public.posts FROM reader;
GRANT SELECT ON TABLE public.posts TO reader;
REVOKE GRANT OPTION FOR SELECT (id) ON TABLE public.posts FROM reader;
GRANT INSERT (id) ON TABLE public.posts TO reader;
