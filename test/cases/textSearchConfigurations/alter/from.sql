CREATE TEXT SEARCH CONFIGURATION c (COPY = english);
CREATE TABLE t (a text, v tsvector GENERATED ALWAYS AS (to_tsvector('c', a)) STORED);
