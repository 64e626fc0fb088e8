DROP VIEW "public"."v";
ALTER TABLE "public"."a" ALTER COLUMN "id" TYPE bigint USING "id"::bigint;
CREATE VIEW "public"."v" AS
 SELECT id,
    t
   FROM public.a;
