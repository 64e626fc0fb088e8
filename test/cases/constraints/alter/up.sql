ALTER TABLE "public"."posts" ALTER CONSTRAINT "posts_author_fkey" DEFERRABLE INITIALLY DEFERRED;
ALTER INDEX "public"."posts_pkey" SET (fillfactor = 70);
ALTER TABLE "public"."posts" CLUSTER ON "posts_title_key";
