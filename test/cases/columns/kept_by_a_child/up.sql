ALTER TABLE ONLY "public"."animals" DROP CONSTRAINT "sane";
ALTER TABLE "public"."cats" DROP CONSTRAINT "sane";
ALTER TABLE ONLY "public"."animals" DROP COLUMN "name";
ALTER TABLE "public"."cats" DROP COLUMN "name";
