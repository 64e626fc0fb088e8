DROP VIEW "public"."names";
DROP VIEW "public"."staff_names";
DROP TABLE "public"."people";
DROP TABLE "public"."staff";
CREATE TABLE "public"."people" OF public.person;
CREATE TABLE "public"."staff" OF public.person (
  "id" WITH OPTIONS NOT NULL,
  "name" WITH OPTIONS DEFAULT 'x'::text
) PARTITION BY RANGE (id);
ALTER TABLE ONLY "public"."staff" ADD CONSTRAINT "staff_pkey" PRIMARY KEY (id);
CREATE VIEW "public"."names" AS
 SELECT name
   FROM public.people;
CREATE VIEW "public"."staff_names" AS
 SELECT name
   FROM public.staff;
GRANT SELECT ON TABLE public.people TO reader;
