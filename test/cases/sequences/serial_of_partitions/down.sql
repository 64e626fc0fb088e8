ALTER TABLE ONLY "public"."events_2026" ALTER COLUMN "id" DROP DEFAULT;
ALTER TABLE "public"."events" DROP COLUMN "id";
