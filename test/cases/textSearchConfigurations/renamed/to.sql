-- @renamed from=words
CREATE TEXT SEARCH PARSER tokens (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
-- @renamed from=plain
CREATE TEXT SEARCH TEMPLATE simplest (LEXIZE = dsimple_lexize);
-- @renamed from=english
CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = snowball, LANGUAGE = english);
-- @renamed from=texts
CREATE TEXT SEARCH CONFIGURATION prose (PARSER = tokens);
ALTER TEXT SEARCH CONFIGURATION prose ADD MAPPING FOR word WITH stems;
