CREATE TABLE "public"."other" (
  "b" text
);
ALTER TABLE "public"."parent" ALTER COLUMN "a" DROP NOT NULL;
ALTER TABLE "public"."child" INHERIT public.other;
ALTER TABLE "public"."child" NO INHERIT public.parent;
ALTER TABLE "public"."child" INHERIT public.parent;
