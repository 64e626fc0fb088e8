ALTER TABLE "public"."child" NO INHERIT public.parent;
ALTER TABLE "public"."child" ALTER COLUMN "a" TYPE integer;
ALTER TABLE "public"."parent" ALTER COLUMN "a" TYPE integer;
