CREATE TRANSFORM FOR integer LANGUAGE "own" (FROM SQL WITH FUNCTION varchar_support(internal));
