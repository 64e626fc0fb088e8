CREATE FUNCTION public.sound(value anyelement, strict boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT true$function$;
ALTER TABLE "public"."users" ALTER COLUMN "n" DROP EXPRESSION;
ALTER TABLE "public"."users" ALTER COLUMN "n" TYPE bigint USING "n"::text::bigint;
DROP FUNCTION "public"."sound"(value anyelement);
CREATE TABLE "public"."posts" (
  "id" integer NOT NULL,
  "n" boolean GENERATED ALWAYS AS (public.sound(id)) STORED,
  CONSTRAINT "posts_pkey" PRIMARY KEY (id)
);
