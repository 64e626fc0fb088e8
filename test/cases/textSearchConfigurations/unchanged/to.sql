CREATE TEXT SEARCH PARSER public.words (LEXTYPES = pg_catalog.prsd_lextype, START = pg_catalog.prsd_start, END = pg_catalog.prsd_end, GETTOKEN = pg_catalog.prsd_nexttoken);
CREATE TEXT SEARCH TEMPLATE public.plain (LEXIZE = pg_catalog.dsimple_lexize, INIT = pg_catalog.dsimple_init);
CREATE TEXT SEARCH DICTIONARY public.english (TEMPLATE = pg_catalog.snowball, stopwords = 'german', "language" = 'english');
ALTER TEXT SEARCH DICTIONARY english (STOPWORDS = 'english');
CREATE TEXT SEARCH CONFIGURATION public.texts (PARSER = public.words);
ALTER TEXT SEARCH CONFIGURATION texts ADD MAPPING FOR word WITH public.english, pg_catalog.simple;
ALTER TEXT SEARCH CONFIGURATION texts ADD MAPPING FOR asciiword, email WITH simple;
ALTER TEXT SEARCH CONFIGURATION texts ALTER MAPPING FOR asciiword WITH english, simple;
ALTER TEXT SEARCH CONFIGURATION texts DROP MAPPING FOR email;
