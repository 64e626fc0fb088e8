ALTER TABLE "public"."people" ALTER COLUMN "full_name" SET EXPRESSION AS (name);
