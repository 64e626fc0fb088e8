DROP TABLE "public"."letters";
DROP TABLE "public"."notes";
