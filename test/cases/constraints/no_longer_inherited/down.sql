ALTER TABLE "public"."lengths" DROP CONSTRAINT "sane";
ALTER TABLE "public"."measures" DROP CONSTRAINT "sane";
ALTER TABLE "public"."measures" ADD CONSTRAINT "sane" CHECK ((size > 0));
