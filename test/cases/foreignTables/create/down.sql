DROP FOREIGN TABLE "public"."f";
