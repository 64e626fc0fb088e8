CREATE TEXT SEARCH PARSER "public"."p" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
