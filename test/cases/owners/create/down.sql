DROP VIEW "public"."titles";
DROP TABLE "public"."notes";
ALTER TABLE "public"."posts" OWNER TO CURRENT_USER;
DROP SCHEMA "app";
