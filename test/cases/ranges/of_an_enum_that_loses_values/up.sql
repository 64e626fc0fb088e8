ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('sad', 'ok');
ALTER TABLE "public"."days" ALTER COLUMN "mood" TYPE public.mood USING "mood"::text::public.mood;
DROP TYPE "public"."span";
DROP TYPE "public"."old__mood";
