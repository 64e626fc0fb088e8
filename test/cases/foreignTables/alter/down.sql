ALTER TABLE "public"."f" DROP COLUMN "n";
ALTER FOREIGN TABLE "public"."f" OPTIONS (DROP "schema_name", SET "table_name" 'f');
ALTER TABLE "public"."f" ALTER COLUMN "id" TYPE integer;
ALTER TABLE "public"."f" ALTER COLUMN "id" SET NOT NULL;
ALTER FOREIGN TABLE "public"."f" ALTER COLUMN "id" OPTIONS (SET "column_name" 'x');
ALTER TABLE ONLY "public"."f" ALTER COLUMN "t" SET DEFAULT 'a'::text;
ALTER TABLE "public"."f" ADD CONSTRAINT "c" CHECK ((id > 0));
