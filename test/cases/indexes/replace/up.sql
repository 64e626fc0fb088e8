DROP INDEX "public"."by_title";
DROP INDEX "public"."one";
CREATE INDEX by_title ON public.posts USING hash (title);
CREATE INDEX one ON public.posts USING btree (id);
