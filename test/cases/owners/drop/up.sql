DROP TABLE "public"."notes";
ALTER TABLE "public"."posts" OWNER TO CURRENT_USER;
