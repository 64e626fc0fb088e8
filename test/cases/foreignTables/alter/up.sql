ALTER TABLE "public"."f" DROP CONSTRAINT "c";
ALTER TABLE ONLY "public"."f" ALTER COLUMN "t" DROP DEFAULT;
ALTER FOREIGN TABLE "public"."f" OPTIONS (ADD "schema_name" 'h', SET "table_name" 'g');
ALTER TABLE "public"."f" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE "public"."f" ALTER COLUMN "id" TYPE bigint;
ALTER FOREIGN TABLE "public"."f" ALTER COLUMN "id" OPTIONS (SET "column_name" 'y');
ALTER TABLE "public"."f" ADD COLUMN "n" integer;
