DROP TABLE "public"."logs_1";
DROP TABLE "public"."logs_rest";
