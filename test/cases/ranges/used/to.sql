CREATE TYPE textrange AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TABLE t (r textrange, m textmultirange);
