ALTER TABLE "public"."animals" ADD COLUMN "name" text;
ALTER TABLE "public"."animals" ADD CONSTRAINT "sane" CHECK ((size > 0));
