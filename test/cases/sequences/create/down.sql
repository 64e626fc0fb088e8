DROP SEQUENCE "public"."numbers";
