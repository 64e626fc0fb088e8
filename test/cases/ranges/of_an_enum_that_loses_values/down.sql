ALTER TYPE "public"."mood" ADD VALUE 'so so' AFTER 'sad';
CREATE TYPE "public"."span" AS RANGE (SUBTYPE = public.mood);
ALTER TABLE "public"."days" ALTER COLUMN "mood" TYPE public.span USING "mood"::text::public.span;
