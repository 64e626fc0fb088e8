ALTER DOMAIN "public"."email" DROP CONSTRAINT "has_at";
ALTER DOMAIN "public"."email" SET DEFAULT 'a@b'::text;
ALTER DOMAIN "public"."email" SET NOT NULL;
ALTER DOMAIN "public"."email" ADD CONSTRAINT "has_at" CHECK ((VALUE ~ '.@.'::text));
ALTER DOMAIN "public"."email" ADD CONSTRAINT "short" CHECK ((length(VALUE) < 99));
