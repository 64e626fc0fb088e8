DROP FUNCTION "public"."add"(a integer, b integer);
DROP PROCEDURE "public"."work"(INOUT n integer);
