DROP VIEW "public"."v";
DROP INDEX "public"."t_twice_idx";
ALTER TABLE "public"."t" DROP CONSTRAINT "t_a_check";
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" DROP DEFAULT;
DROP FUNCTION "public"."twice"(a integer);
CREATE FUNCTION public.twice(b integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT b * 2$function$;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" SET DEFAULT public.twice(3);
ALTER TABLE "public"."t" ADD CONSTRAINT "t_a_check" CHECK ((public.twice(a) > 0));
CREATE INDEX t_twice_idx ON public.t USING btree (public.twice(a));
CREATE VIEW "public"."v" AS
 SELECT public.twice(a) AS x
   FROM public.t;
