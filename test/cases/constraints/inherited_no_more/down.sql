ALTER TABLE "public"."parent" DROP CONSTRAINT "parent_a_check";
ALTER TABLE "public"."parent" ADD CONSTRAINT "parent_a_check" CHECK ((a > 0));
