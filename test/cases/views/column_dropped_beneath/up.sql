DROP VIEW "public"."v";
ALTER TABLE "public"."a" DROP COLUMN "x";
CREATE VIEW "public"."v" AS
 SELECT id
   FROM public.a;
