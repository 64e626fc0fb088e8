ALTER TABLE "public"."other" ADD COLUMN "b" integer;
ALTER TABLE "public"."parent" ADD COLUMN "b" integer;
ALTER TABLE "public"."child" ADD CONSTRAINT "parent_a_check" CHECK ((a > 0));
ALTER TABLE "public"."child" INHERIT public.parent;
ALTER TABLE "public"."other" ADD CONSTRAINT "parent_a_check" CHECK ((a > 0));
ALTER TABLE "public"."other" INHERIT public.parent;
ALTER TABLE "public"."parent" ADD CONSTRAINT "parent_a_check" CHECK ((a > 0));
