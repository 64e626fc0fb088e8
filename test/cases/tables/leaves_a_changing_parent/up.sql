ALTER TABLE "public"."child" NO INHERIT public.parent;
ALTER TABLE "public"."child" DROP CONSTRAINT "parent_a_check";
ALTER TABLE "public"."other" NO INHERIT public.parent;
ALTER TABLE "public"."other" DROP CONSTRAINT "parent_a_check";
ALTER TABLE "public"."parent" DROP CONSTRAINT "parent_a_check";
ALTER TABLE "public"."other" DROP COLUMN "b";
ALTER TABLE "public"."parent" DROP COLUMN "b";
