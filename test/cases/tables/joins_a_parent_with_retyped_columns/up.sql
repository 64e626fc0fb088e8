ALTER TABLE "public"."parent" ALTER COLUMN "a" TYPE bigint USING "a"::bigint;
ALTER TABLE "public"."child" ALTER COLUMN "a" TYPE bigint USING "a"::bigint;
ALTER TABLE "public"."child" INHERIT public.parent;
