CREATE VIEW "public"."named" AS
 SELECT id,
    name
   FROM public.users;
