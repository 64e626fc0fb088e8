ALTER TABLE "public"."parent" ALTER COLUMN "a" TYPE bigint;
ALTER TABLE "public"."child" ALTER COLUMN "a" TYPE bigint;
ALTER TABLE "public"."child" INHERIT public.parent;
