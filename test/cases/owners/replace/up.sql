DROP MATERIALIZED VIEW "public"."lengths";
DROP FUNCTION "public"."first"();
DROP VIEW "public"."titles";
ALTER TABLE "public"."posts" ALTER COLUMN "title" TYPE text;
CREATE VIEW "public"."titles" AS
 SELECT id,
    title
   FROM public.posts;
ALTER VIEW "public"."titles" OWNER TO editor;
CREATE FUNCTION public.first()
 RETURNS public.titles
 LANGUAGE sql
AS $function$SELECT * FROM titles LIMIT 1$function$;
ALTER FUNCTION "public"."first"() OWNER TO author;
CREATE MATERIALIZED VIEW "public"."lengths" AS
 SELECT id,
    length(title) AS length
   FROM public.titles;
ALTER MATERIALIZED VIEW "public"."lengths" OWNER TO author;
CREATE INDEX lengths_id ON public.lengths USING btree (id);
GRANT SELECT ON TABLE public.titles TO reader;
COMMENT ON VIEW "public"."titles" IS 'what there is to read';
