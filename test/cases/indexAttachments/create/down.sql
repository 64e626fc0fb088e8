DROP INDEX "public"."by_id";
