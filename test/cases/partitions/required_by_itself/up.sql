ALTER TABLE "public"."logs" DROP CONSTRAINT "logs_pkey";
ALTER TABLE "public"."logs" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE "public"."logs" ALTER COLUMN "kind" DROP NOT NULL;
ALTER TABLE "public"."logs_1" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE "public"."logs_1" ALTER COLUMN "kind" DROP NOT NULL;
