ALTER DOMAIN "public"."email" DROP CONSTRAINT "has_at";
ALTER DOMAIN "public"."email" DROP CONSTRAINT "short";
ALTER DOMAIN "public"."email" DROP DEFAULT;
ALTER DOMAIN "public"."email" DROP NOT NULL;
ALTER DOMAIN "public"."email" ADD CONSTRAINT "has_at" CHECK ((VALUE ~ '@'::text));
