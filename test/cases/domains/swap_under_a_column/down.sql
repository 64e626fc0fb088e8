DROP VIEW "public"."v";
ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" DROP DEFAULT;
ALTER DOMAIN "public"."email" RENAME TO "old__email";
CREATE DOMAIN "public"."email" AS text CONSTRAINT "email_check" CHECK ((VALUE ~ '@'::text));
ALTER TABLE "public"."a" ALTER COLUMN "m" TYPE public.email USING "m"::text::public.email;
ALTER TABLE "public"."a" ALTER COLUMN "ms" TYPE public.email[] USING "ms"::text[]::public.email[];
ALTER TABLE ONLY "public"."a" ALTER COLUMN "m" SET DEFAULT 'x@y'::text;
CREATE VIEW "public"."v" AS
 SELECT m
   FROM public.a;
DROP DOMAIN "public"."old__email";
