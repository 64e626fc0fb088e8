DROP VIEW "public"."names";
DROP VIEW "public"."staff_names";
ALTER TABLE "public"."staff" DROP CONSTRAINT "staff_pkey";
ALTER TABLE ONLY "public"."staff" ALTER COLUMN "name" DROP DEFAULT;
DROP TABLE "public"."people";
CREATE TABLE "public"."people" OF public.person;
CREATE VIEW "public"."names" AS
 SELECT name
   FROM public.people;
GRANT SELECT ON TABLE public.people TO reader;
DROP TABLE "public"."staff";
CREATE TABLE "public"."staff" OF public.person PARTITION BY RANGE (id);
ALTER TABLE "public"."staff" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE ONLY "public"."staff" ALTER COLUMN "name" SET DEFAULT 'x'::text;
ALTER TABLE ONLY "public"."staff" ADD CONSTRAINT "staff_pkey" PRIMARY KEY (id);
CREATE VIEW "public"."staff_names" AS
 SELECT name
   FROM public.staff;
