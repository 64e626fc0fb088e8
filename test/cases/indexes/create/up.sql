CREATE INDEX by_title ON public.posts USING btree (lower(title) text_pattern_ops DESC) INCLUDE (id) WHERE (id > 5);
CREATE UNIQUE INDEX one ON public.posts USING btree (id) WITH (fillfactor='80');
