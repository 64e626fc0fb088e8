ALTER TABLE "public"."t" SET UNLOGGED;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "body" SET STORAGE EXTENDED;
ALTER TABLE "public"."t" SET (fillfactor = 80, toast.autovacuum_enabled = false);
ALTER TABLE ONLY "public"."t" ALTER COLUMN "body" SET STORAGE PLAIN;
