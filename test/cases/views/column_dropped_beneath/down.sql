ALTER TABLE "public"."a" ADD COLUMN "x" text;
CREATE OR REPLACE VIEW "public"."v" AS
 SELECT id,
    x
   FROM public.a;
