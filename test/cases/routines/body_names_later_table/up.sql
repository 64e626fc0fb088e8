CREATE FUNCTION public.count_t()
 RETURNS bigint
 LANGUAGE sql
AS $function$ SELECT count(*) FROM t $function$;
CREATE TABLE "public"."t" (
  "a" integer
);
CREATE FUNCTION public.all_t()
 RETURNS SETOF public.t
 LANGUAGE sql
BEGIN ATOMIC
 SELECT t.a
    FROM public.t;
END;
