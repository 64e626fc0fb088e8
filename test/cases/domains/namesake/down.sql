ALTER TABLE "public"."users" DROP COLUMN "a";
DROP FUNCTION "public"."one"();
ALTER DOMAIN "public"."mail" DROP CONSTRAINT "mail_check";
ALTER DOMAIN "public"."mail" ADD CONSTRAINT "mail_check" CHECK ((VALUE <> ''::text));
DROP FUNCTION "public"."sound"(value anyelement);
CREATE FUNCTION public.sound(value anyelement, strict boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT true$function$;
ALTER TABLE "public"."users" ADD COLUMN "a" boolean GENERATED ALWAYS AS (public.sound(id)) STORED;
