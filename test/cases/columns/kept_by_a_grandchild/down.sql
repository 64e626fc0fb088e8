ALTER TABLE "public"."animals" ADD COLUMN "name" text;
