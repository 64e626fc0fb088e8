DROP VIEW "public"."staff_names";
DROP TABLE "public"."staff";
ALTER TABLE "public"."people" NOT OF;
CREATE TABLE "public"."staff" OF public.person (
  CONSTRAINT "staff_pkey" PRIMARY KEY (id)
);
ALTER TABLE ONLY "public"."staff" ALTER COLUMN "name" SET DEFAULT 'x'::text;
CREATE VIEW "public"."staff_names" AS
 SELECT name
   FROM public.staff;
