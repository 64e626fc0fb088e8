ALTER TABLE "public"."child" VALIDATE CONSTRAINT "positive";
ALTER TABLE "public"."part" VALIDATE CONSTRAINT "positive";
