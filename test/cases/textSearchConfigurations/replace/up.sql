DROP INDEX "public"."posts_words";
ALTER TABLE "public"."posts" DROP COLUMN "words";
DROP TEXT SEARCH CONFIGURATION "public"."prose";
CREATE TEXT SEARCH CONFIGURATION "public"."prose" (PARSER = "pg_catalog"."default");
ALTER TEXT SEARCH CONFIGURATION "public"."prose" ADD MAPPING FOR asciiword, word WITH simple;
ALTER TABLE "public"."posts" ADD COLUMN "words" tsvector GENERATED ALWAYS AS (to_tsvector('public.prose'::regconfig, body)) STORED;
CREATE INDEX posts_words ON public.posts USING gin (words);
COMMENT ON TEXT SEARCH CONFIGURATION "public"."prose" IS 'whole words';
