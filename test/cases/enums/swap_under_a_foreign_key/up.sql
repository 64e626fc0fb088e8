ALTER TABLE "public"."a" DROP CONSTRAINT "a_m_fkey";
ALTER TYPE "public"."mood" RENAME TO "old__mood";
CREATE TYPE "public"."mood" AS ENUM ('happy', 'sad');
ALTER TABLE "public"."a" ALTER COLUMN "m" TYPE public.mood USING "m"::text::public.mood;
ALTER TABLE "public"."moods" ALTER COLUMN "m" TYPE public.mood USING "m"::text::public.mood;
ALTER TABLE "public"."a" ADD CONSTRAINT "a_m_fkey" FOREIGN KEY (m) REFERENCES public.moods(m);
DROP TYPE "public"."old__mood";
