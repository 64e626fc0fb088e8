ALTER TEXT SEARCH CONFIGURATION "public"."prose" RENAME TO "texts";
ALTER TEXT SEARCH DICTIONARY "public"."stems" RENAME TO "english";
ALTER TEXT SEARCH TEMPLATE "public"."simplest" RENAME TO "plain";
ALTER TEXT SEARCH PARSER "public"."tokens" RENAME TO "words";
