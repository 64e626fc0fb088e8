DROP INDEX "public"."people_age";
ALTER TYPE "public"."person" DROP ATTRIBUTE "age" CASCADE, ADD ATTRIBUTE "email" text CASCADE;
ALTER TABLE ONLY "public"."people" ALTER COLUMN "email" SET DEFAULT 'none'::text;
UPDATE "public"."people" SET "email" = DEFAULT;
ALTER TABLE "public"."people" ALTER COLUMN "email" SET NOT NULL;
CREATE VIEW "public"."addresses" AS
 SELECT email
   FROM public.people;
