DROP TEXT SEARCH TEMPLATE "public"."t";
CREATE TEXT SEARCH TEMPLATE "public"."t" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
