CREATE TYPE word;
CREATE FUNCTION word_in(cstring) RETURNS word STRICT IMMUTABLE COST 7 LANGUAGE internal AS 'textin';
CREATE FUNCTION word_out(word) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'textout';
CREATE FUNCTION word_send(word) RETURNS bytea STRICT IMMUTABLE LANGUAGE internal AS 'textsend';
CREATE TYPE word (INPUT = word_in, OUTPUT = word_out, SEND = word_send, STORAGE = main,
  TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, ANALYZE = array_typanalyze, SUBSCRIPT = raw_array_subscript_handler);
CREATE DOMAIN name_of_one AS word;
CREATE TABLE texts (w word, n name_of_one, ws word[]);
CREATE VIEW words AS SELECT w FROM texts;
CREATE MATERIALIZED VIEW kept_words AS SELECT w FROM texts;
CREATE TYPE two_words AS (one word, other word);
