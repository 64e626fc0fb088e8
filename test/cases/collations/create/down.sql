DROP COLLATION "public"."c";
