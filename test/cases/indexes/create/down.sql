DROP INDEX "public"."by_title";
DROP INDEX "public"."one";
