ALTER FUNCTION "public"."one"() OWNER TO author;
ALTER TABLE "public"."posts" OWNER TO author;
