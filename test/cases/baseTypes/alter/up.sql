DROP MATERIALIZED VIEW "public"."kept_words";
CREATE FUNCTION public.word_send(public.word)
 RETURNS bytea
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textsend$function$;
CREATE OR REPLACE FUNCTION public.word_in(cstring)
 RETURNS public.word
 LANGUAGE internal
 IMMUTABLE STRICT COST 7
AS $function$textin$function$;
ALTER TYPE "public"."word" SET (RECEIVE = NONE, SEND = public.word_send, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, ANALYZE = array_typanalyze, SUBSCRIPT = raw_array_subscript_handler, STORAGE = main);
ALTER TABLE ONLY "public"."texts" ALTER COLUMN "w" SET STORAGE MAIN;
ALTER TABLE ONLY "public"."texts" ALTER COLUMN "n" SET STORAGE MAIN;
DROP FUNCTION "public"."word_recv"(internal);
CREATE MATERIALIZED VIEW "public"."kept_words" AS
 SELECT w
   FROM public.texts;
