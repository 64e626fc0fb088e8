ALTER TABLE "public"."posts" DROP CONSTRAINT "posts_author_fkey";
ALTER TABLE "public"."posts" ALTER COLUMN "author" TYPE integer USING "author"::text::integer;
ALTER TABLE "public"."users" ALTER COLUMN "id" TYPE integer USING "id"::text::integer;
ALTER TABLE "public"."posts" ADD CONSTRAINT "posts_author_fkey" FOREIGN KEY (author) REFERENCES public.users(id);
