DROP TABLE "public"."posts";
