DROP STATISTICS "public"."st";
