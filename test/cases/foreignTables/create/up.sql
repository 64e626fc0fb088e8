CREATE FOREIGN TABLE "public"."f" (
  "id" integer OPTIONS ("column_name" 'x') NOT NULL,
  "t" text DEFAULT 'a'::text,
  CONSTRAINT "c" CHECK ((id > 0))
) SERVER "s" OPTIONS ("table_name" 'f');
