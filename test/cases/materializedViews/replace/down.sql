DROP MATERIALIZED VIEW "public"."names";
CREATE MATERIALIZED VIEW "public"."names" AS
 SELECT name,
    count(*) AS count
   FROM public.users
  GROUP BY name;
CREATE UNIQUE INDEX names_name ON public.names USING btree (name);
