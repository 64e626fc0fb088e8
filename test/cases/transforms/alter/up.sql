CREATE OR REPLACE TRANSFORM FOR integer LANGUAGE "own" (FROM SQL WITH FUNCTION numeric_support(internal), TO SQL WITH FUNCTION int4recv(internal));
