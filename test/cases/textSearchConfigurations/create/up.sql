CREATE TEXT SEARCH CONFIGURATION "public"."c" (PARSER = "pg_catalog"."default");
ALTER TEXT SEARCH CONFIGURATION "public"."c" ADD MAPPING FOR asciihword, asciiword, hword, hword_asciipart, hword_part, word WITH english_stem;
ALTER TEXT SEARCH CONFIGURATION "public"."c" ADD MAPPING FOR email, file, "float", host, hword_numpart, "int", numhword, numword, sfloat, uint, url, url_path, version WITH simple;
CREATE TABLE "public"."t" (
  "a" text,
  "v" tsvector GENERATED ALWAYS AS (to_tsvector('public.c'::regconfig, a)) STORED
);
