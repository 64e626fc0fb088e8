DROP INDEX "public"."child_a_idx";
ALTER TABLE ONLY "public"."child" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE ONLY "public"."parent" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE "public"."child" NO INHERIT public.parent;
ALTER TABLE "public"."child" DROP COLUMN "c";
ALTER TABLE "public"."parent" DROP COLUMN "c";
ALTER TABLE "public"."child" ALTER COLUMN "a" DROP NOT NULL;
ALTER TABLE "public"."parent" ALTER COLUMN "a" DROP NOT NULL;
