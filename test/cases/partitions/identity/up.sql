CREATE TABLE "public"."logs_b" (
  "id" integer,
  "at" date
);
ALTER TABLE "public"."logs" ALTER COLUMN "id" DROP IDENTITY;
ALTER TABLE "public"."logs" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE ONLY "public"."logs" ATTACH PARTITION "public"."logs_b" DEFAULT;
