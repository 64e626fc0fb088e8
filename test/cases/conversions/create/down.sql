DROP CONVERSION "public"."c";
