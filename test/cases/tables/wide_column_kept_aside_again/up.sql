ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
ALTER TABLE "public"."posts" ALTER COLUMN "m" TYPE integer;
ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "n" SET STORAGE EXTENDED;
ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
