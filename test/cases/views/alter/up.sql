CREATE OR REPLACE VIEW "public"."named" WITH (check_option = local, security_barrier = true) AS
 SELECT id,
    name,
    born
   FROM public.users
  WHERE (id > 3);
