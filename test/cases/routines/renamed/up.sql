ALTER FUNCTION "public"."add"(a text, b text) RENAME TO "plus";
ALTER FUNCTION "public"."add"(a integer, b integer) RENAME TO "plus";
ALTER PROCEDURE "public"."work"() RENAME TO "labour";
ALTER AGGREGATE "public"."total"(integer) RENAME TO "sum_of";
ALTER EVENT TRIGGER "seen" RENAME TO "noticed";
ALTER LANGUAGE "own" RENAME TO "mine";
ALTER CONVERSION "public"."odd" RENAME TO "even";
