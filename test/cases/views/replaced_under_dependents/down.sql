DROP MATERIALIZED VIEW "public"."c";
DROP VIEW "public"."b";
DROP VIEW "public"."a";
CREATE VIEW "public"."a" AS
 SELECT id,
    name
   FROM public.users;
CREATE VIEW "public"."b" AS
 SELECT id
   FROM public.a;
CREATE MATERIALIZED VIEW "public"."c" AS
 SELECT id
   FROM public.b;
CREATE UNIQUE INDEX c_id_idx ON public.c USING btree (id);
