ALTER TABLE "public"."parent" ALTER COLUMN "a" SET NOT NULL;
ALTER TABLE "public"."child" NO INHERIT public.other;
DROP TABLE "public"."other";
