DROP TABLE "public"."notes";
ALTER TABLE "public"."posts" RESET (fillfactor, toast.autovacuum_enabled);
ALTER TABLE "public"."posts" ALTER COLUMN "n" TYPE integer USING "n"::integer;
