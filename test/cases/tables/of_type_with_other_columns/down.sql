DROP VIEW "public"."staff_names";
DROP TABLE "public"."staff";
ALTER TABLE "public"."people" NOT OF;
CREATE TABLE "public"."staff" OF public.person (
  "id" WITH OPTIONS NOT NULL,
  "name" WITH OPTIONS DEFAULT 'x'::text,
  CONSTRAINT "staff_pkey" PRIMARY KEY (id)
);
CREATE VIEW "public"."staff_names" AS
 SELECT name
   FROM public.staff;
