DROP VIEW "public"."v";
ALTER TABLE "public"."a" ALTER COLUMN "id" TYPE integer;
CREATE VIEW "public"."v" AS
 SELECT id,
    t
   FROM public.a;
