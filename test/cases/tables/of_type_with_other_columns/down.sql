DROP VIEW "public"."staff_names";
ALTER TABLE "public"."staff" DROP CONSTRAINT "staff_pkey";
ALTER TABLE ONLY "public"."staff" ALTER COLUMN "name" DROP DEFAULT;
ALTER TABLE "public"."people" NOT OF;
DROP TABLE "public"."staff";
CREATE TABLE "public"."staff" OF public.person;
ALTER TABLE "public"."staff" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE ONLY "public"."staff" ALTER COLUMN "name" SET DEFAULT 'x'::text;
ALTER TABLE "public"."staff" ADD CONSTRAINT "staff_pkey" PRIMARY KEY (id);
CREATE VIEW "public"."staff_names" AS
 SELECT name
   FROM public.staff;
