ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_author_fkey" NOT DEFERRABLE;
