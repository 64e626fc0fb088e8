ALTER TYPE "public"."pair" RENAME TO "old__pair";
ALTER DOMAIN "public"."mail" RENAME TO "old__mail";
CREATE FUNCTION public.sound(text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT true$function$;
CREATE DOMAIN "public"."mail" AS text CONSTRAINT "mail_check" CHECK (public.sound(VALUE));
CREATE TYPE "public"."pair" AS ("a" integer, "b" public.mail);
ALTER TABLE "public"."users" ALTER COLUMN "pairs" TYPE public.pair USING "pairs"::text::public.pair;
DROP TYPE "public"."old__pair";
DROP DOMAIN "public"."old__mail";
