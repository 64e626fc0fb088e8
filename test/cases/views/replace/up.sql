DROP VIEW "public"."named";
CREATE VIEW "public"."named" AS
 SELECT name,
    id
   FROM public.users;
