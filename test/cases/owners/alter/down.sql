ALTER FUNCTION "public"."one"() OWNER TO editor;
ALTER TABLE "public"."posts" OWNER TO editor;
