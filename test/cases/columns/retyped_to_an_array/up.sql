ALTER TABLE ONLY "public"."Odd name" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE "public"."Odd name" ALTER COLUMN "a" TYPE public.mood[] USING "a"::text::public.mood[];
ALTER TABLE "public"."Odd name" ALTER COLUMN "b" TYPE integer[] USING "b"::text[]::integer[];
