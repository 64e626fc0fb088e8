CREATE FUNCTION public.one()
 RETURNS integer
 LANGUAGE sql
BEGIN ATOMIC
 SELECT 3;
END;
CREATE FUNCTION public.sound(value anyelement)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1 IS NOT NULL$function$;
ALTER TABLE "public"."users" ALTER COLUMN "a" DROP EXPRESSION;
ALTER TABLE "public"."users" ALTER COLUMN "a" TYPE integer USING "a"::integer;
DROP FUNCTION "public"."sound"(value anyelement, strict boolean);
ALTER DOMAIN "public"."mail" DROP CONSTRAINT "mail_check";
ALTER DOMAIN "public"."mail" ADD CONSTRAINT "mail_check" CHECK (public.sound(VALUE));
ALTER TABLE ONLY "public"."users" ALTER COLUMN "a" SET DEFAULT public.one();
