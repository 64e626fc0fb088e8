CREATE SCHEMA "app";
ALTER TYPE "public"."number" RENAME TO "amount";
ALTER TYPE "public"."amount" SET SCHEMA "app";
