CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION prose (PARSER = words);
ALTER TEXT SEARCH CONFIGURATION prose ADD MAPPING FOR word, asciiword WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION prose IS 'whole words';
CREATE TABLE posts (body text, words tsvector GENERATED ALWAYS AS (to_tsvector('prose', body)) STORED);
CREATE INDEX posts_words ON posts USING gin (words);
