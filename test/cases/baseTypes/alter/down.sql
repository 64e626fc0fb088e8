DROP MATERIALIZED VIEW "public"."kept_words";
CREATE OR REPLACE FUNCTION public.word_in(cstring)
 RETURNS public.word
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textin$function$;
CREATE FUNCTION public.word_recv(internal)
 RETURNS public.word
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$textrecv$function$;
ALTER TYPE "public"."word" SET (SEND = NONE, TYPMOD_IN = NONE, TYPMOD_OUT = NONE, ANALYZE = NONE, SUBSCRIPT = NONE, RECEIVE = public.word_recv, STORAGE = external);
ALTER TABLE ONLY "public"."texts" ALTER COLUMN "w" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."texts" ALTER COLUMN "n" SET STORAGE EXTERNAL;
DROP FUNCTION "public"."word_send"(public.word);
CREATE MATERIALIZED VIEW "public"."kept_words" AS
 SELECT w
   FROM public.texts;
