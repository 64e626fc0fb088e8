DROP TRANSFORM FOR integer LANGUAGE "own";
CREATE TRANSFORM FOR integer LANGUAGE "own" (FROM SQL WITH FUNCTION numeric_support(internal));
