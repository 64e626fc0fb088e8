DROP FUNCTION "public"."all_t"();
DROP TABLE "public"."t";
DROP FUNCTION "public"."count_t"();
