ALTER TEXT SEARCH PARSER "public"."words" RENAME TO "tokens";
ALTER TEXT SEARCH TEMPLATE "public"."plain" RENAME TO "simplest";
ALTER TEXT SEARCH DICTIONARY "public"."english" RENAME TO "stems";
ALTER TEXT SEARCH CONFIGURATION "public"."texts" RENAME TO "prose";
