DROP FUNCTION "public"."make_later"(cstring);
DROP TYPE "public"."later";
