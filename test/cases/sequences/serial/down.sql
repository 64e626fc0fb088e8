ALTER TABLE "public"."a" DROP CONSTRAINT "a_pkey";
ALTER TABLE "public"."a" DROP COLUMN "id";
