ALTER TABLE "public"."posts" RESET (toast.autovacuum_enabled);
ALTER TABLE "public"."posts" ALTER COLUMN "m" TYPE bigint;
ALTER TABLE ONLY "public"."posts" ALTER COLUMN "n" SET STORAGE PLAIN;
