ALTER TABLE "public"."posts" DROP COLUMN "n";
ALTER TABLE "public"."posts" ALTER COLUMN "id" TYPE bigint;
ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
ALTER TABLE "public"."posts" ADD COLUMN "n" text GENERATED ALWAYS AS (upper((id)::text)) STORED;
ALTER TABLE "public"."posts" SET (toast.autovacuum_enabled = false);
