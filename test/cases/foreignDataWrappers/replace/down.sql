DROP VIEW "public"."seen";
DROP FOREIGN TABLE "public"."remote";
DROP USER MAPPING FOR reader SERVER "far";
DROP SERVER "far";
DROP FOREIGN DATA WRAPPER "own";
DROP FUNCTION "public"."agree"(given text[], catalog oid);
CREATE FUNCTION public.agree(options text[], catalog oid)
 RETURNS boolean
 LANGUAGE sql
AS $function$SELECT true$function$;
CREATE FOREIGN DATA WRAPPER "own" VALIDATOR public.agree OPTIONS ("debug" 'on');
CREATE SERVER "far" FOREIGN DATA WRAPPER "own";
CREATE USER MAPPING FOR reader SERVER "far" OPTIONS ("user" 'guest');
CREATE FOREIGN TABLE "public"."remote" (
  "id" integer NOT NULL
) SERVER "far";
CREATE VIEW "public"."seen" AS
 SELECT id
   FROM public.remote;
GRANT USAGE ON FOREIGN SERVER far TO reader;
GRANT USAGE ON FOREIGN DATA WRAPPER own TO reader;
COMMENT ON COLUMN "public"."remote"."id" IS 'theirs';
COMMENT ON FOREIGN DATA WRAPPER "own" IS 'asks nobody';
