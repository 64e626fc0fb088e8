REVOKE SELECT (id) ON TABLE public.notes FROM reader;
REVOKE SELECT (id) ON TABLE public.posts FROM reader;
REVOKE UPDATE (n) ON TABLE public.posts FROM reader;
REVOKE SELECT ON TABLE public.posts FROM reader;
GRANT SELECT (id) ON TABLE public.posts TO reader;
GRANT UPDATE (n) ON TABLE public.posts TO reader;
REVOKE INSERT ON TABLE public.notes FROM reader;
REVOKE GRANT OPTION FOR SELECT ON TABLE public.notes FROM reader;
GRANT SELECT (id) ON TABLE public.notes TO reader WITH GRANT OPTION;
