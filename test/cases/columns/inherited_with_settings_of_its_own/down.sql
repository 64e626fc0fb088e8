ALTER TABLE "public"."records" DROP COLUMN "scan";
ALTER TABLE "public"."records" DROP COLUMN "source";
ALTER TABLE "public"."records" DROP COLUMN "title";
