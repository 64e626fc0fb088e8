CREATE TABLE "public"."notes" (
  "id" integer
);
ALTER TABLE "public"."posts" SET (fillfactor = 80, toast.autovacuum_enabled = false);
ALTER TABLE "public"."posts" ALTER COLUMN "n" TYPE text;
ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
