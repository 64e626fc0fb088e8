ALTER TABLE "public"."posts" OWNER TO author;
GRANT UPDATE ON TABLE public.posts TO CURRENT_USER;
