ALTER TABLE "public"."t" SET LOGGED;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "body" SET STORAGE EXTENDED;
ALTER TABLE "public"."t" RESET (fillfactor);
ALTER TABLE "public"."t" SET (toast.autovacuum_enabled = false);
ALTER TABLE ONLY "public"."t" ALTER COLUMN "body" SET STORAGE PLAIN;
