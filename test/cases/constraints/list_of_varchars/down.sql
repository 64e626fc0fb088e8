DROP TABLE "public"."a";
