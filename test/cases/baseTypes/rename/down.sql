ALTER TYPE "app"."amount" SET SCHEMA "public";
ALTER TYPE "public"."amount" RENAME TO "number";
DROP SCHEMA "app";
