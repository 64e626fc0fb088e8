ALTER TABLE "public"."parent" DROP CONSTRAINT "positive";
ALTER TABLE "public"."whole" DROP CONSTRAINT "positive";
ALTER TABLE "public"."parent" ADD CONSTRAINT "positive" CHECK ((a > 0)) NOT VALID;
ALTER TABLE "public"."other" VALIDATE CONSTRAINT "positive";
ALTER TABLE "public"."whole" ADD CONSTRAINT "positive" CHECK ((a > 0)) NOT VALID;
