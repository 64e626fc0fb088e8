DROP POLICY "owned" ON "public"."users";
DROP VIEW "public"."names";
ALTER TABLE "public"."users" ALTER COLUMN "code" TYPE integer;
ALTER TABLE "public"."users" ALTER COLUMN "full_name" TYPE text;
CREATE VIEW "public"."names" AS
 SELECT full_name AS name
   FROM public.users;
CREATE POLICY "owned" ON "public"."users" TO PUBLIC USING ((full_name = CURRENT_USER));
ALTER TABLE "public"."users" RENAME CONSTRAINT "users_pkey" TO "people_pkey";
ALTER SEQUENCE "public"."user_numbers" RENAME TO "people_id_seq";
ALTER POLICY "owned" ON "public"."users" RENAME TO "own";
ALTER RULE "stay" ON "public"."users" RENAME TO "keep";
ALTER TRIGGER "stamped" ON "public"."users" RENAME TO "touched";
ALTER TABLE "public"."users" RENAME CONSTRAINT "code_above_zero" TO "code_positive";
ALTER TABLE "public"."users" RENAME COLUMN "full_name" TO "name";
ALTER TABLE "public"."users" RENAME COLUMN "number" TO "id";
ALTER STATISTICS "public"."user_stats" RENAME TO "people_stats";
ALTER SEQUENCE "public"."user_codes" RENAME TO "people_codes";
ALTER INDEX "public"."users_by_name" RENAME TO "people_by_name";
ALTER TABLE "public"."users" RENAME TO "people";
