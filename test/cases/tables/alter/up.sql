ALTER TABLE "public"."posts" SET UNLOGGED;
ALTER TABLE "public"."posts" SET (autovacuum_enabled = off, fillfactor = 70, toast.autovacuum_enabled = off);
ALTER TABLE "public"."posts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."posts" FORCE ROW LEVEL SECURITY;
