CREATE TEXT SEARCH TEMPLATE "public"."t" (LEXIZE = dsimple_lexize);
