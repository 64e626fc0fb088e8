CREATE DOMAIN "public"."email" AS text CONSTRAINT "has_at" CHECK ((VALUE ~ '@'::text));
