REVOKE INSERT (id), SELECT (id) ON TABLE public.posts FROM reader;
REVOKE SELECT ON TABLE public.posts FROM reader;
GRANT SELECT (id) ON TABLE public.posts TO reader WITH GRANT OPTION;
GRANT SELECT (n) ON TABLE public.posts TO reader WITH GRANT OPTION;
