ALTER TABLE "public"."posts" DROP CONSTRAINT "posts_author_fkey";
ALTER TABLE "public"."posts" ALTER COLUMN "author" TYPE uuid USING "author"::text::uuid;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE uuid USING "id"::text::uuid;
ALTER TABLE "public"."posts" ADD CONSTRAINT "posts_author_fkey" FOREIGN KEY (author) REFERENCES public.users(id);
