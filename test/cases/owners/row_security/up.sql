ALTER TABLE "public"."posts" FORCE ROW LEVEL SECURITY;
ALTER TABLE "public"."posts" OWNER TO author;
ALTER POLICY "own" ON "public"."posts" USING (((author = CURRENT_USER) AND (id > 0)));
GRANT UPDATE ON TABLE public.posts TO CURRENT_USER;
