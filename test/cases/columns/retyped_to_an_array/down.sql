ALTER TABLE "public"."Odd name" ALTER COLUMN "a" TYPE integer USING "a"::text::integer;
ALTER TABLE "public"."Odd name" ALTER COLUMN "b" TYPE public.mood[] USING "b"::text[]::public.mood[];
ALTER TABLE ONLY "public"."Odd name" ALTER COLUMN "a" SET DEFAULT 5;
