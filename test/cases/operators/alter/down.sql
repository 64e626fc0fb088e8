ALTER OPERATOR "public".## (integer, integer) SET (JOIN = NONE, RESTRICT = eqsel);
