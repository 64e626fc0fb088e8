ALTER INDEX "public"."by_title" ALTER COLUMN 1 SET STATISTICS -1;
ALTER INDEX "public"."one" SET (fillfactor = 80);
ALTER TABLE "public"."posts" SET WITHOUT CLUSTER;
