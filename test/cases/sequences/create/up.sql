CREATE SEQUENCE "public"."numbers";
