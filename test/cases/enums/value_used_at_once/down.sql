ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" DROP DEFAULT;
ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('sad');
ALTER TABLE "public"."a" ALTER COLUMN "m" TYPE public.mood USING "m"::text::public.mood;
ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" SET DEFAULT 'sad'::public.mood;
DROP TYPE "public"."old__mood";
