ALTER CONVERSION "public"."even" RENAME TO "odd";
ALTER LANGUAGE "mine" RENAME TO "own";
ALTER EVENT TRIGGER "noticed" RENAME TO "seen";
ALTER AGGREGATE "public"."sum_of"(integer) RENAME TO "total";
ALTER PROCEDURE "public"."labour"() RENAME TO "work";
ALTER FUNCTION "public"."plus"(a integer, b integer) RENAME TO "add";
ALTER FUNCTION "public"."plus"(a text, b text) RENAME TO "add";
