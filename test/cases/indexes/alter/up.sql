ALTER INDEX "public"."by_title" ALTER COLUMN 1 SET STATISTICS 50;
ALTER INDEX "public"."one" SET (fillfactor = 90);
ALTER TABLE "public"."posts" CLUSTER ON "one";
