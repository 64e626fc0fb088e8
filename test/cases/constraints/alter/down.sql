ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_author_fkey" NOT DEFERRABLE;
ALTER INDEX "public"."posts_pkey" RESET (fillfactor);
ALTER TABLE "public"."posts" SET WITHOUT CLUSTER;
