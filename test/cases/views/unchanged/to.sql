CREATE TABLE public.posts (id integer, title text, at date);
CREATE OR REPLACE VIEW public.recent (id, title, at) WITH (security_barrier = true) AS
  SELECT p.id, p.title, p.at FROM public.posts p WHERE (p.at > (now() - '1 day'::interval));
ALTER VIEW recent SET (security_barrier = true);
CREATE OR REPLACE VIEW recent WITH (security_barrier = true) AS SELECT posts.id, posts.title, posts.at FROM posts WHERE (posts.at > (now() - '1 day'::interval));
CREATE MATERIALIZED VIEW public.titles AS SELECT DISTINCT posts.title AS title FROM public.posts WITH NO DATA;
CREATE INDEX titles_title ON public.titles USING btree (title ASC);
CREATE OR REPLACE RULE "no_delete" AS ON DELETE TO public.posts WHERE true DO INSTEAD NOTHING;
CREATE OR REPLACE RULE no_delete AS ON DELETE TO public.posts DO INSTEAD NOTHING;
COMMENT ON COLUMN public.recent.title IS $$its title$$;
