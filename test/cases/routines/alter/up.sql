CREATE OR REPLACE FUNCTION public.add(a integer, b integer DEFAULT 2)
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT COST 5
 SET work_mem TO '1MB'
AS $function$ SELECT a - b $function$;
CREATE OR REPLACE PROCEDURE public.work(INOUT n integer)
 LANGUAGE plpgsql
AS $procedure$ BEGIN n := n + 2; END $procedure$;
