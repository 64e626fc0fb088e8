DROP INDEX "public"."notes_made_at";
ALTER TABLE "public"."notes" NO INHERIT public.records;
ALTER TABLE "public"."notes" DROP CONSTRAINT "id_positive";
ALTER TABLE "public"."notes" DROP COLUMN "id";
ALTER TABLE "public"."notes" DROP COLUMN "made_at";
