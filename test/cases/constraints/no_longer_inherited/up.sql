ALTER TABLE "public"."measures" DROP CONSTRAINT "sane";
ALTER TABLE "public"."lengths" ADD CONSTRAINT "sane" CHECK ((size > 5));
ALTER TABLE "public"."measures" ADD CONSTRAINT "sane" CHECK ((size > 0)) NO INHERIT;
