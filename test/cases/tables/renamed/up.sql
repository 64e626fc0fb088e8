ALTER TABLE "public"."people" RENAME TO "users";
ALTER INDEX "public"."people_by_name" RENAME TO "users_by_name";
ALTER SEQUENCE "public"."people_codes" RENAME TO "user_codes";
ALTER STATISTICS "public"."people_stats" RENAME TO "user_stats";
ALTER TABLE "public"."users" RENAME COLUMN "id" TO "number";
ALTER TABLE "public"."users" RENAME COLUMN "name" TO "full_name";
ALTER TABLE "public"."users" RENAME CONSTRAINT "code_positive" TO "code_above_zero";
ALTER TRIGGER "touched" ON "public"."users" RENAME TO "stamped";
ALTER RULE "keep" ON "public"."users" RENAME TO "stay";
ALTER POLICY "own" ON "public"."users" RENAME TO "owned";
ALTER SEQUENCE "public"."people_id_seq" RENAME TO "user_numbers";
ALTER TABLE "public"."users" RENAME CONSTRAINT "people_pkey" TO "users_pkey";
DROP POLICY "owned" ON "public"."users";
DROP VIEW "public"."names";
ALTER TABLE "public"."users" ALTER COLUMN "code" TYPE bigint;
ALTER TABLE "public"."users" ALTER COLUMN "full_name" TYPE character varying(200);
CREATE VIEW "public"."names" AS
 SELECT full_name AS name
   FROM public.users;
CREATE POLICY "owned" ON "public"."users" TO PUBLIC USING (((full_name)::text = CURRENT_USER));
