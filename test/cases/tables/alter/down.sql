ALTER TABLE "public"."posts" SET LOGGED;
ALTER TABLE "public"."posts" RESET (autovacuum_enabled, fillfactor, toast.autovacuum_enabled);
ALTER TABLE "public"."posts" DISABLE ROW LEVEL SECURITY;
ALTER TABLE "public"."posts" NO FORCE ROW LEVEL SECURITY;
