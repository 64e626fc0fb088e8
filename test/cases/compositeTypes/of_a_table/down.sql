DROP VIEW "public"."addresses";
ALTER TABLE ONLY "public"."people" ALTER COLUMN "email" DROP DEFAULT;
ALTER TYPE "public"."person" DROP ATTRIBUTE "email" CASCADE, ADD ATTRIBUTE "age" integer CASCADE;
CREATE INDEX people_age ON public.people USING btree (age);
