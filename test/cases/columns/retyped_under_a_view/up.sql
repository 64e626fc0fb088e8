DROP VIEW "public"."v";
ALTER TABLE "public"."a" ALTER COLUMN "id" TYPE bigint;
CREATE VIEW "public"."v" AS
 SELECT id,
    t
   FROM public.a;
