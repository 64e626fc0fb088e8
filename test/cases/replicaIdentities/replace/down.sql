ALTER TABLE ONLY "public"."posts" REPLICA IDENTITY DEFAULT;
DROP INDEX "public"."posts_once";
CREATE UNIQUE INDEX posts_once ON public.posts USING btree (id);
ALTER TABLE ONLY "public"."posts" REPLICA IDENTITY USING INDEX "posts_once";
COMMENT ON INDEX "public"."posts_once" IS 'what replicas know them by';
